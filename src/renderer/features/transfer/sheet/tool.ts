import type { SheetProblem } from '#shared/contract/sheets.ts';
import { withValue } from './choices.ts';
import { decide } from './run.ts';
import type { Table } from './state.ts';

/** What every way of mending a value needs: the problem, and the column that it is in. */
export interface ToolProps {
  problem: SheetProblem;
  column: number;
  table: Table;
}

/** How many cells of a column say a value only because another was read as it. */
function readInto({ choices, preview }: Table, column: number, value: string): number {
  const said = choices.values.filter((one) => one.column === column && one.becomes === value);
  const used = preview?.values_used.filter((one) => one.column === column) ?? [];
  return used
    .filter((one) => said.some((rule) => rule.value === one.value))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Decides what the value of a problem means wherever it is in its column; `create` as a rule about a value has it. */
export function readAs({ problem, column, table }: ToolProps, becomes: string, create = false): void {
  const { value, count } = problem;
  const written = count > readInto(table, column, value);
  decide((now) => withValue(now, { column, value, becomes, create }, written));
}
