import type { Column } from '../columns.ts';
import { sizeOf } from '../grid/range.ts';
import type { CellRange } from '../grid/range.ts';

/** What is pasted, laid over the columns of a grid. */
export interface Laid {
  lines: readonly (readonly string[])[];
  columns: readonly (Column | undefined)[];
  /** The first line named the columns and was taken out. */
  headed: boolean;
}

const same = (one: string, other: string): boolean =>
  one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();

/** The columns that a line of headings names, or null when it is none: every cell must be the label of a column. */
function headings(cells: readonly string[], all: readonly Column[]): readonly Column[] | null {
  const named = cells.map((cell) => all.find(({ label }) => same(label, cell)));
  return cells.length > 1 && named.every((column) => column !== undefined) ? named : null;
}

const repeated = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, index) => items[index % items.length] as T);

/**
 * Lays pasted cells over a grid. Where their first line names columns, they go into those, wherever the cursor is; else into the
 * columns from the left of the range on. One line or one cell fills the whole of a wider range, as in a sheet.
 */
export function layOver(
  pasted: readonly (readonly string[])[],
  range: CellRange,
  placed: readonly Column[],
  all: readonly Column[],
): Laid {
  const [first = []] = pasted;
  const named = pasted.length > 1 ? headings(first, all) : null;
  if (named) return { lines: pasted.slice(1), columns: named, headed: true };
  const wide = Math.max(...pasted.map((cells) => cells.length));
  const { rows, columns } = sizeOf(range);
  const across = wide > 0 && columns > wide && columns % wide === 0 ? columns : wide;
  const down = pasted.length > 0 && rows > pasted.length && rows % pasted.length === 0 ? rows : pasted.length;
  const lines = repeated(pasted, down).map((cells) => (across > wide ? repeated(cells, across) : cells));
  return { lines, columns: placed.slice(range.left, range.left + across), headed: false };
}
