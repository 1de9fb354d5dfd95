import type { ListView } from '#shared/address/view.ts';
import type { Rows } from './data/rows.ts';
import type { ColumnDeeds } from './grid/column-deeds.ts';
import type { Columns } from './grid/useColumns.ts';
import type { AllDeeds } from './useGridDeeds.ts';

/** What the commands of a list work with. */
export interface ListContext {
  view: ListView;
  rows: Rows;
  columns: Columns;
  columnDeeds: ColumnDeeds;
  deeds: AllDeeds;
  focusSearch: () => void;
  openFilter: () => void;
  /** Opens the form that changes many records at once. */
  openBulk: () => void;
  focusRows: () => void;
}
