import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const places = ['../resources', '../../resources', '../../../resources'];

/** The folder of what comes with the program, as the golden copy: of the sources, or beside the bundle. Null where there is none. */
export function shippedResources(): string | null {
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  return found ?? null;
}
