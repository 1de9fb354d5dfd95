import { readFileSync } from 'node:fs';

const candidates = ['../../package.json', '../../../package.json'];

/** Returns the version from the package.json next to the sources or above the bundle; '0' if there is none. */
export function programVersion(): string {
  for (const place of candidates) {
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
