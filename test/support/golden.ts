import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './folder.ts';
import { root } from '#scripts/lib/paths.ts';

/** What comes with the program. */
export const resources = join(root, 'resources');

/** A copy of what comes with the program, to spoil. */
export function ownResources(): string {
  const folder = join(testFolder(), 'resources');
  cpSync(resources, folder, { recursive: true });
  return folder;
}
