import { foldText } from '#shared/domain/fold.ts';
import { sortKey } from '#shared/domain/sort-key.ts';

export type Cell = string | number | null;

/** From this UTF-16 unit on, the order of units differs from that of bytes. */
const firstSurrogate = 0xd800;

/** Compares as SQLite does, byte by byte. UTF-16 order differs only beyond the basic plane. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // The first difference decides; it usually comes early.
  let index = 0;
  while (a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  const [unitA, unitB] = [a.charCodeAt(index), b.charCodeAt(index)];
  // A unit is NaN if its text ends before the difference.
  if (!(unitA >= firstSurrogate && unitB >= firstSurrogate)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function rankOfKind(cell: Cell): number {
  if (cell === null) return 0;
  return typeof cell === 'number' ? 1 : 2;
}

/** Compares in SQLite's order: null, numbers, text. Negative if `a` comes first. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return rankOfKind(a) - rankOfKind(b);
}

/** The folded text of a value; '' for anything else. */
export const foldCell = (cell: Cell): string => (typeof cell === 'string' ? foldText(cell) : '');

/** The value to sort by: texts by their sort key. */
export function sortCell(cell: Cell): Cell {
  return typeof cell === 'string' ? sortKey(cell) : cell;
}
