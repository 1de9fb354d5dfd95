/** A value as SQLite hands it out of a column. */
export type Cell = string | number | null;

const ascii = /^\p{ASCII}*$/u;
const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

/** As SQLite compares text byte by byte. UTF-16 order differs from that beyond the basic plane only. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (ascii.test(a) && ascii.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const rankOfKind = (cell: Cell): number => (cell === null ? 0 : typeof cell === 'number' ? 1 : 2);

/** As SQLite orders values: null, numbers, text. Negative when `a` comes first. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return rankOfKind(a) - rankOfKind(b);
}

/** The value to compare in place of `cell` where case does not matter: SQLite's NOCASE knows the letters A to Z. */
export function withoutCase(cell: Cell): Cell {
  return typeof cell === 'string' ? lowerAscii(cell) : cell;
}
