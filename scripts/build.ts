import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCli, buildCliIfStale } from './build-cli.ts';
import { buildTaskPrograms } from './lib/bundle.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { isFresh } from './lib/fresh.ts';
import { root, toolEnv } from './lib/paths.ts';
import { copyResources } from './lib/resources.ts';
import { run } from './lib/run.ts';

const stamp = join(root, 'out/.app-built');
const sources = [
  'src',
  'migrations',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** Builds shell, data process, what it does in threads, preload and window into `out/`. Throws when electron-vite fails. */
export async function buildApp(): Promise<void> {
  const started = new Date();
  const code = await run('electron-vite', ['build', '--logLevel', 'warn'], { env: toolEnv() });
  if (code !== 0) throw new Error(`electron-vite build ended with code ${code}`);
  await mkdir(join(root, 'out'), { recursive: true });
  await buildTaskPrograms();
  await copyResources();
  await writeFile(stamp, '');
  await utimes(stamp, started, started);
}

/** Builds the application unless it is newer than everything it is made of. The output of the bundler is shown only if it fails. */
export async function buildAppIfStale(): Promise<void> {
  if (
    await isFresh(
      stamp,
      sources.map((source) => join(root, source)),
    )
  )
    return;
  console.error('Building the application …');
  let output = '';
  const code = await run(process.execPath, [import.meta.filename, '--app'], {
    onOutput: (text) => (output += text),
  });
  if (code !== 0) throw new Error(output.trim());
}

if (import.meta.main) {
  try {
    if (process.argv.includes('--if-stale')) {
      await buildAppIfStale();
      await buildCliIfStale();
    } else {
      await buildApp();
      if (!process.argv.includes('--app')) await buildCli();
    }
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
