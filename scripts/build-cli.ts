import { chmod, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { reasonOf } from './lib/electron-kinds.ts';
import { isFresh } from './lib/fresh.ts';
import { root } from './lib/paths.ts';
import { copyResources } from './lib/resources.ts';

/** What the command line is made of; `bin/frames` compares with the same list. */
const sources = [
  'src/shared',
  'src/core',
  'src/cli',
  'migrations',
  'resources',
  'package-lock.json',
  'package.json',
];
const product = join(root, 'out/cli/frames.js');
const workshop = join(root, 'out/.cli-building');
/** Packages with native code are loaded from node_modules. */
const native = ['better-sqlite3'];

/** Bundles the command line into one file, which starts several times as fast as the sources do. */
export async function buildCli(): Promise<void> {
  const started = new Date();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // CommonJS packages ask for these; an ES module has them under another name.
    define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
    ssr: { noExternal: true, external: native, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: workshop,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: { frames: join(root, 'src/cli/main.ts') },
        external: native,
        output: { format: 'esm', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  });
  await copyResources();
  const built = join(workshop, 'frames.js');
  await chmod(built, 0o755);
  // A source saved while this ran is newer than what was read of it.
  await utimes(built, started, started);
  // Whoever runs the command meanwhile sees the old bundle or the new one, never half of one.
  await mkdir(dirname(product), { recursive: true });
  await rename(built, product);
  await rm(workshop, { recursive: true });
}

/** Bundles the command line unless the bundle is newer than everything it is made of. */
export async function buildCliIfStale(): Promise<void> {
  if (
    !(await isFresh(
      product,
      sources.map((source) => join(root, source)),
    ))
  )
    await buildCli();
}

if (import.meta.main) {
  try {
    await buildCli();
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
