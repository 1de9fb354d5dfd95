import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';

/** Where `npm run dist` puts packages. Throws if there is no such folder. */
export function distFolder(): string {
  const folder = join(root, 'dist');
  if (!existsSync(folder)) throw new Error('There is no dist/. Run this first: npm run dist');
  return folder;
}
