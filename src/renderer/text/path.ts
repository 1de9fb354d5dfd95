const maxLength = 160;

/** A long path without its middle: the end distinguishes a path best, then the beginning. */
export function pathText(path: string): string {
  if (path.length <= maxLength) return path;
  const begin = Math.floor(maxLength / 3);
  return `${path.slice(0, begin)}…${path.slice(begin + 1 - maxLength)}`;
}
