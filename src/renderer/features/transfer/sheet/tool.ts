import type { SheetProblem } from '#shared/contract/sheets.ts';
import type { Table } from './state.ts';

/** What every way of mending a value needs: the problem, and the column that it is in. */
export interface ToolProps {
  problem: SheetProblem;
  column: number;
  table: Table;
}
