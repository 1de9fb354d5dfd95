import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const candidatePaths = ['../resources', '../../resources', '../../../resources'];

/** Returns the folder of shipped resources, in the sources or next to the bundle. Null if there is none. */
export function shippedFolder(): string | null {
  const folder = candidatePaths.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  return folder ?? null;
}
