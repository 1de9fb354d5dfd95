import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

/** Lays what comes with the program beside the bundles: the golden copy and the sample. */
export async function copyResources(): Promise<void> {
  const to = join(root, 'out/resources');
  await mkdir(to, { recursive: true });
  for (const name of ['golden', 'sample'])
    await cp(join(root, 'resources', name), join(to, name), { recursive: true, force: true });
}
