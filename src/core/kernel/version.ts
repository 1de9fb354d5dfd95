import { readFileSync } from 'node:fs';

const places = ['../../package.json', '../../../package.json'];

/** The program's version, of the file beside this source or above the bundle that it became part of; '0' where there is none. */
export function programVersion(): string {
  for (const place of places) {
    const found = read(new URL(place, import.meta.url));
    if (found) return found;
  }
  return '0';
}

function read(file: URL): string | null {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return name === 'frames-desktop' && typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
