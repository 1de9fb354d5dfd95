import { report } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import { span } from './keys.ts';
import type { Cursor } from './keys.ts';
import { stretchTo } from './state.ts';
import type { GridStore } from './state.ts';

/** Most rows that are read to pick them one by one. */
export const mostRead = 10_000;

interface Stretched {
  grid: GridStore;
  rows: Rows;
  columns: readonly Pick<Column, 'naming'>[];
}

/**
 * Stretches the selection to a cell: `names` over names alone means their records, over other cells only those; `rows` are the records
 * whatever lies between, and `cells` none. Rows between that were not read yet are read then, unless the person has gone on
 * meanwhile; of a very long way only the first are.
 */
export function stretch(
  { grid, rows, columns }: Stretched,
  to: Cursor,
  over: 'names' | 'rows' | 'cells',
): void {
  const { anchor, cursor } = grid.getState();
  const begun = anchor ?? cursor;
  const from = begun.row;
  const cells = over !== 'rows';
  const named = [begun.column, to.column].every((column) => columns[column]?.naming === true);
  const pick = over === 'rows' || (over === 'names' && named);
  const last = to.row > from ? Math.min(to.row, from + mostRead - 1) : Math.max(to.row, from - mostRead + 1);
  const target = { ...to, row: last };
  if (!pick) {
    stretchTo(grid, target, cells, []);
    return;
  }
  const between = span(from, last);
  const here = between.flatMap((row) => rows.at(row) ?? []);
  stretchTo(grid, target, cells, here);
  if (here.length + between.filter((row) => rows.group(row)).length === between.length) return;
  const { moves } = grid.getState();
  void rows
    .read(Math.min(from, last), Math.max(from, last))
    .then((records) => {
      if (grid.getState().moves === moves) stretchTo(grid, target, cells, records);
    })
    .catch(report);
}
