import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

/** Copies what comes with the program beside the bundles: the golden copy, the sample, the icons, the server's reference page and the keys of signatures. */
export async function copyResources(): Promise<void> {
  const to = join(root, 'out/resources');
  await mkdir(to, { recursive: true });
  for (const part of ['golden', 'sample', 'icons', 'redoc', 'keys.json'])
    await cp(join(root, 'resources', part), join(to, part), { recursive: true, force: true });
}
