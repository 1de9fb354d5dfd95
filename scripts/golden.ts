import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { makeGolden } from './lib/golden.ts';
import { root } from './lib/paths.ts';

/** Makes the golden copy that comes with the program, in `resources/golden`. */
try {
  const folder = join(root, 'resources/golden');
  await mkdir(folder, { recursive: true });
  await makeGolden(folder);
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
