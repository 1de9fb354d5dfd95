import type { SqlAnswer } from '#shared/contract/ask.ts';
import type { SqlResult, SqlValue } from './query-task.ts';

/** A chart with more bars is hard to read. */
const mostBars = 30;

/** A chart if one fits, and a sentence that describes the table. */
export function describeAnswer({
  columns,
  rows,
  truncated,
  tables,
}: Pick<Extract<SqlResult, { rows: unknown }>, 'columns' | 'rows' | 'truncated' | 'tables'>): Pick<
  SqlAnswer,
  'chart' | 'sentence'
> {
  return {
    chart: truncated ? null : chartOf(columns, rows),
    sentence: sentenceOf(rows, truncated, tables),
  };
}

/** A chart needs a column of names and one of numbers; id columns only serve links. */
function chartOf(columns: readonly { name: string }[], rows: readonly SqlValue[][]): SqlAnswer['chart'] {
  if (rows.length < 2 || rows.length > mostBars) return null;
  const shown = columns.flatMap(({ name }, at) => (name === 'id' || name.endsWith('_id') ? [] : [at]));
  const holds = (type: 'string' | 'number') => (at: number) =>
    rows.every((row) => row[at] === null || typeof row[at] === type) && rows.some((row) => row[at] !== null);
  const [labels, values] = [shown.filter(holds('string')), shown.filter(holds('number'))];
  const [label] = labels;
  const [value] = values;
  const fits = labels.length === 1 && values.length === 1 && shown.length === 2;
  return fits && label !== undefined && value !== undefined ? { kind: 'bar', label, value } : null;
}

function sentenceOf(rows: readonly SqlValue[][], truncated: boolean, tables: readonly string[]): string {
  const from = tables.length === 0 ? '' : ` from ${tables.join(', ')}`;
  if (rows.length === 0) return `Nothing found${from}.`;
  const [[only] = []] = rows;
  if (rows.length === 1 && rows[0]?.length === 1) return `The value${from} is ${String(only)}.`;
  const count = `${rows.length} row${rows.length === 1 ? '' : 's'}${from}`;
  return truncated ? `The first ${count}; there are more.` : `${count}.`;
}
