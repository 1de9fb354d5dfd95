import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.ts';

/** Lays what comes with the program beside the bundles: the golden copy. */
export async function copyResources(): Promise<void> {
  const to = join(root, 'out/resources');
  await mkdir(to, { recursive: true });
  await cp(join(root, 'resources/golden'), join(to, 'golden'), { recursive: true, force: true });
}
