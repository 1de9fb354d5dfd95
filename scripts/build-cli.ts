import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { buildTaskPrograms, bundle } from './lib/bundle.ts';
import { commandSources } from './lib/command-sources.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { isFresh } from './lib/fresh.ts';
import { root } from './lib/paths.ts';
import { copyResources } from './lib/resources.ts';

/** What the command line is made of; `bin/frames` compares with the same list. */
const sources = [...commandSources, 'resources', 'package-lock.json', 'package.json'];
const product = 'out/cli/frames.js';

/** Bundles the command line, what it has done in threads, and the server. */
export async function buildCli(): Promise<void> {
  await buildTaskPrograms();
  await copyResources();
  await bundle({ entry: 'src/server/entry.ts', product: 'out/cli/server.js', withoutPackages: true });
  await bundle({ entry: 'src/cli/main.ts', product, finish: (built) => chmod(built, 0o755) });
}

/** Bundles the command line unless the bundle is newer than everything it is made of. */
export async function buildCliIfStale(): Promise<void> {
  if (
    !(await isFresh(
      join(root, product),
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
