const most = 160;

/** A long path without its middle: the end says most, then the beginning. */
export function pathText(path: string): string {
  if (path.length <= most) return path;
  const begin = Math.floor(most / 3);
  return `${path.slice(0, begin)}…${path.slice(begin + 1 - most)}`;
}
