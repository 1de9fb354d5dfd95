const most = 160;

/** A path, of which the middle is left out where it is long: its end says most, then where it begins. */
export function pathText(path: string): string {
  if (path.length <= most) return path;
  const begin = Math.floor(most / 3);
  return `${path.slice(0, begin)}…${path.slice(begin + 1 - most)}`;
}
