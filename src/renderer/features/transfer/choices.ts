import type { ColumnTarget, SheetChoices, SheetType, SheetView, ValueRule } from '#shared/contract/sheets.ts';
import type { DayOrder, DaySign } from '#shared/domain/days.ts';

/** What is remembered of how a table was read. */
export type Recalled = Pick<SheetChoices, 'type' | 'columns' | 'values'> &
  Partial<Pick<SheetChoices, 'elsewhere'>>;

/** The other types of rows, where a column says them: each is imported as a part of its own. */
const otherTypes = ({ row_types }: SheetView, type: SheetType): SheetType[] =>
  row_types.includes(type) ? row_types.filter((one) => one !== type) : [];

/** What is decided before the person has decided: as last time for such a table, else as it is guessed. */
export function firstChoices(
  view: SheetView,
  recalled: Recalled | undefined,
  university: string | null,
): SheetChoices {
  const { type, columns, values, elsewhere } = recalled ?? {
    type: view.type,
    columns: view.guesses[view.type] ?? [],
    values: [],
  };
  return {
    type,
    columns,
    values,
    cells: [],
    skip: [],
    dates: {},
    matching: 'ask',
    loss_unit: 'guess',
    decimals: 'guess',
    elsewhere: elsewhere?.length === 0 ? [] : otherTypes(view, type),
    university,
  };
}

/** Another type: its own guess of the columns. All rows are of that type, or each is of the one that the table says (null). */
export function withType(choices: SheetChoices, view: SheetView, wanted: SheetType | null): SheetChoices {
  const { university, cells, skip } = choices;
  const type = wanted ?? view.row_types[0] ?? view.type;
  const columns = view.guesses[type] ?? [];
  const parts = wanted === null ? {} : { elsewhere: [] };
  return { ...firstChoices(view, { type, columns, values: [], ...parts }, university), cells, skip };
}

/** What is decided about one part of a table, as far as it is about all of it: what stands in a column that means the same in both, too. */
export function withShared(part: SheetChoices, now: SheetChoices): SheetChoices {
  const isShared = (column: number): boolean =>
    JSON.stringify(part.columns[column]) === JSON.stringify(now.columns[column]);
  const { university, matching, loss_unit, decimals, skip, cells } = now;
  const values = [
    ...part.values.filter(({ column }) => !isShared(column)),
    ...now.values.filter(({ column }) => isShared(column)),
  ];
  const dates = Object.fromEntries([
    ...Object.entries(part.dates).filter(([column]) => !isShared(Number(column))),
    ...Object.entries(now.dates).filter(([column]) => isShared(Number(column))),
  ]);
  return { ...part, university, matching, loss_unit, decimals, skip, cells, values, dates };
}

const sameTarget = (one: ColumnTarget, other: ColumnTarget): boolean =>
  targetValue(one) === targetValue(other) && !['own', 'ignore'].includes(one.to);

/** Another meaning of one column. A field has one column: the one that had it before is kept under its own name. */
export function withColumn(
  choices: SheetChoices,
  view: SheetView,
  column: number,
  target: ColumnTarget,
): SheetChoices {
  const columns = choices.columns.map((now, index): ColumnTarget => {
    if (index === column) return target;
    return sameTarget(now, target) ? { to: 'own', name: view.columns[index]?.name ?? '' } : now;
  });
  // A value was chosen for what the column meant.
  const values = choices.values.filter((rule) => columns[rule.column] === choices.columns[rule.column]);
  return { ...choices, columns, values, dates: withoutColumn(choices.dates, column) };
}

/** What was said of the days of a column is forgotten. */
export function withoutColumn(dates: SheetChoices['dates'], column: number): SheetChoices['dates'] {
  const { [column]: _, ...others } = dates;
  return others;
}

/** Which figure is the day where days of a column are written with a sign; `none`: the column holds no days. */
export function withDays(
  choices: SheetChoices,
  column: number,
  said: 'none' | Partial<Record<DaySign, DayOrder>>,
): SheetChoices {
  const before = choices.dates[column];
  const days = said === 'none' || before === undefined || before === 'none' ? said : { ...before, ...said };
  return { ...choices, dates: { ...choices.dates, [column]: days } };
}

/** A value that means something else wherever it is in its column, and so does what was read as that value before. */
export function withValue(choices: SheetChoices, rule: ValueRule): SheetChoices {
  const { column, value, becomes, create } = rule;
  const others = choices.values
    .filter((one) => one.column !== column || one.value !== value)
    .map((one) => (one.column === column && one.becomes === value ? { ...one, becomes, create } : one));
  return { ...choices, values: [...others, rule] };
}

/** Values that are right as they stand: words are kept, and names that are not here are made. */
export function withKept(choices: SheetChoices, column: number, values: readonly string[]): SheetChoices {
  return values.reduce(
    (now, value) => withValue(now, { column, value, becomes: value, create: true }),
    choices,
  );
}

/** One cell that says something else. */
export function withCell(choices: SheetChoices, cell: SheetChoices['cells'][number]): SheetChoices {
  const others = choices.cells.filter(({ line, column }) => line !== cell.line || column !== cell.column);
  return { ...choices, cells: [...others, cell] };
}

export function withoutLines(choices: SheetChoices, lines: readonly number[]): SheetChoices {
  return { ...choices, skip: [...new Set([...choices.skip, ...lines])] };
}

/** How the value of a menu stands for what a column becomes. */
export function targetValue(target: ColumnTarget): string {
  if (target.to === 'name_part') return `name_part:${target.part}`;
  return 'field' in target ? `${target.to}:${target.field}` : target.to;
}

export function targetOf(value: string, name: string): ColumnTarget {
  const [to, field = ''] = value.split(':');
  if (to === 'field' || to === 'id_of') return { to, field };
  if (to === 'name_part') return { to, part: field === 'first' ? 'first' : 'last' };
  if (to === 'university_of') return { to, field: field === 'from' || field === 'to' ? field : 'both' };
  if (value === 'id') return { to: 'id' };
  return value === 'own' ? { to: 'own', name } : { to: 'ignore' };
}
