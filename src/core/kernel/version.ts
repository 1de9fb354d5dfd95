import { readShippedSync } from '#files/open-file.ts';

const candidatePaths = ['../../package.json', '../../../package.json'];

/** Returns the version from the package.json next to the sources or above the bundle; '0' if there is none. */
export function programVersion(): string {
  for (const path of candidatePaths) {
    const version = readVersion(new URL(path, import.meta.url));
    if (version) return version;
  }
  return '0';
}

function readVersion(file: URL): string | null {
  try {
    const { name, version } = JSON.parse(readShippedSync(file)) as Record<string, unknown>;
    return name === 'frames-desktop' && typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
