import { report } from '../../../ui/notices.tsx';
import type { Rows } from '../data/rows.ts';
import { span } from './keys.ts';
import type { Cursor } from './keys.ts';
import { stretchTo } from './state.ts';
import type { GridStore } from './state.ts';

/** Most rows that are read to pick them one by one. */
export const mostRead = 10_000;

/**
 * Stretches the selection to a cell. Rows between that were not read yet are read then, unless the person has gone on meanwhile; of a
 * very long way only the first are. Without `pick` only the cells are selected, and no record.
 */
export function stretch(grid: GridStore, rows: Rows, to: Cursor, cells: boolean, pick = true): void {
  const { anchor, cursor } = grid.getState();
  const from = (anchor ?? cursor).row;
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
