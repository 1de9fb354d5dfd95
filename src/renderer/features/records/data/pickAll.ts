import type { Rows } from './rows.ts';
import { mostRead } from '../grid/stretch.ts';
import { letGo, pickedCount, pickEverything, pickOnly } from '../grid/state.ts';
import type { GridStore } from '../grid/state.ts';
import { inPast } from '../../../stores/target.ts';
import { report } from '../../../ui/notices.tsx';

/**
 * Picks every record of the list, read or not, or lets all go when every one is picked already. Of deleted records, which are restored
 * by their ids, as many are picked as can be read; and so in the past, unless there are more than that.
 */
export async function pickAll(grid: GridStore, rows: Rows, deleted: boolean): Promise<void> {
  const { matched } = rows;
  if (matched !== null && pickedCount(grid.getState(), matched) >= matched) {
    letGo(grid);
    return;
  }
  const byId = deleted || (inPast() && matched !== null && matched <= mostRead);
  if (!byId) {
    pickEverything(grid);
    return;
  }
  try {
    pickOnly(grid, await rows.read(0, mostRead - 1));
  } catch (error) {
    report(error);
  }
}
