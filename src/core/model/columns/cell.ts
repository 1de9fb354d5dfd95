import { fold } from '#shared/domain/fold.ts';
import { sortKey } from '#shared/domain/sort-key.ts';

/** A value as SQLite hands it out of a column. */
export type Cell = string | number | null;

/** From this unit of UTF-16 on its order is not that of bytes. */
const surrogates = 0xd800;

/** As SQLite compares text byte by byte. UTF-16 order differs from that beyond the basic plane only. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // Where they part decides; as a rule that is soon.
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
  // One of them may have ended there, which is told by NaN.
  if (!(one >= surrogates && other >= surrogates)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const rankOfKind = (cell: Cell): number => (cell === null ? 0 : typeof cell === 'number' ? 1 : 2);

/** As SQLite orders values: null, numbers, text. Negative when `a` comes first. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return rankOfKind(a) - rankOfKind(b);
}

/** The folded text of a value, '' for one that is no text. */
export const foldCell = (cell: Cell): string => (typeof cell === 'string' ? fold(cell) : '');

/** The value to compare in place of `cell` where it is text for people. */
export function sortCell(cell: Cell): Cell {
  return typeof cell === 'string' ? sortKey(cell) : cell;
}
