import type { EntityRecord } from '#shared/contract/record.ts';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import { isWide, rangeOf, sizeOf } from '../grid/range.ts';
import type { GridState } from '../grid/state.ts';
import { cellText } from './cell-text.ts';
import { formatHtml, formatTsv } from './tsv.ts';

/** Most rows that are copied at once. */
export const mostCopied = 50_000;

/** What goes to the clipboard: cells, and whether the first row names the columns. */
export interface Copied {
  cells: readonly (readonly string[])[];
  headed: boolean;
}

const cellsOf = (records: readonly EntityRecord[], columns: readonly Column[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(record, column)));

/** Some cells as they are. */
export function copyCells(records: readonly EntityRecord[], columns: readonly Column[]): Copied {
  return { cells: cellsOf(records, columns), headed: false };
}

/** Whole rows, under the names of their columns. */
export function copyRows(records: readonly EntityRecord[], columns: readonly Column[]): Copied {
  return { cells: [columns.map(({ label }) => label), ...cellsOf(records, columns)], headed: true };
}

/**
 * What Ctrl C copies when all of it has been read: the cells of a range as they are, rows that are picked with the names of their
 * columns, else the cell under the cursor. Null when some of it has to be read first, or there is nothing.
 */
export function copyHere(state: GridState, rows: Rows, columns: readonly Column[]): Copied | null {
  const range = rangeOf(state);
  if (!isWide(range) && state.allBut) return null;
  if (!isWide(range) && state.picked.size > 0) return copyRows([...state.picked.values()], columns);
  const { rows: count } = sizeOf(range);
  const records: EntityRecord[] = [];
  for (let row = range.top; row < range.top + count; row += 1) {
    const record = rows.at(row);
    if (record) records.push(record);
    else if (!rows.group(row)) return null;
  }
  const chosen = columns.slice(range.left, range.right + 1);
  return records.length === 0 ? null : copyCells(records, chosen);
}

/** The forms in which other programs take what was copied, by their MIME type. */
export function clipboardForms({ cells, headed }: Copied): Record<'text/plain' | 'text/html', string> {
  return { 'text/plain': formatTsv(cells), 'text/html': formatHtml(cells, headed) };
}
