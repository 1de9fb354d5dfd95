import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const candidates = ['../resources', '../../resources', '../../../resources'];

/** Returns the folder of shipped resources, in the sources or next to the bundle. Null if there is none. */
export function shippedResources(): string | null {
  const folder = candidates.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  return folder ?? null;
}
