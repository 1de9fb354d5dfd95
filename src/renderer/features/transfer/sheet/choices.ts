import type { DayOrder, DaySign } from '#shared/domain/days.ts';
import type { ColumnTarget, SheetChoices, SheetType, SheetView, ValueRule } from '#shared/contract/sheets.ts';

/** How a table was read last time. */
export interface Recalled {
  type: SheetType;
  columns: ColumnTarget[];
  /** What values of it meant. */
  values: ValueRule[];
  /** Which figure was the day in columns of one's own. */
  dates?: SheetChoices['dates'];
  /** What was decided of this very file. */
  again?: Pick<SheetChoices, 'cells' | 'missing' | 'university'>;
}

/** What is decided before the person has decided. */
export function firstChoices(
  view: SheetView,
  mapped: Recalled | null,
  university: string | null,
): SheetChoices {
  const type = mapped?.type ?? view.type;
  return {
    type,
    columns: mapped?.columns ?? view.guesses[type] ?? [],
    values: mapped?.values ?? [],
    cells: mapped?.again?.cells ?? [],
    skip: [],
    // Which figure is the day in one file says nothing of the next: it is asked again, with what was said last time.
    dates: {},
    missing: mapped?.again?.missing ?? {},
    matching: 'ask',
    loss_unit: 'guess',
    university: mapped?.again ? mapped.again.university : university,
  };
}

/** Another type: its own guess of the columns. What was mended stays with its column where that column still means the same. */
export function withType(choices: SheetChoices, view: SheetView, type: SheetType): SheetChoices {
  const columns = view.guesses[type] ?? [];
  return {
    ...choices,
    type,
    columns,
    values: [],
    dates: {},
    missing: {},
    matching: 'ask',
    loss_unit: 'guess',
  };
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
  return { ...choices, columns, values, dates: without(choices.dates, String(column)) };
}

function without(dates: SheetChoices['dates'], column: string): SheetChoices['dates'] {
  const { [column]: _, ...others } = dates;
  return others;
}

/** That a column holds no days; false when nobody says so. */
export function withoutDays(choices: SheetChoices, column: number, none: boolean): SheetChoices {
  const others = without(choices.dates, String(column));
  return { ...choices, dates: none ? { ...others, [column]: 'none' } : others };
}

/** Which figure is the day where days of a column are written with a sign, as somebody said it; null when nobody did. */
export function chosenDayOrder(dates: SheetChoices['dates'], column: number, sign: DaySign): DayOrder | null {
  const said = dates[column];
  return said === undefined || said === 'none' ? null : (said[sign] ?? null);
}

/** The same, said anew or taken back. */
export function withOrder(
  choices: SheetChoices,
  column: number,
  sign: DaySign,
  order: DayOrder | null,
): SheetChoices {
  const before = choices.dates[column];
  const { [sign]: _, ...signs } = before === undefined || before === 'none' ? {} : before;
  const said = order === null ? signs : { ...signs, [sign]: order };
  const others = without(choices.dates, String(column));
  return { ...choices, dates: Object.keys(said).length === 0 ? others : { ...others, [column]: said } };
}

/**
 * A value that means something else wherever it is in its column. What was read as that value before is read so too: it may be
 * there only because it was said. `written` says that the table itself has it somewhere.
 */
export function withValue(choices: SheetChoices, rule: ValueRule, written = true): SheetChoices {
  const { column, value, becomes, create } = rule;
  const others = choices.values
    .filter((one) => one.column !== column || one.value !== value)
    .map((one) => (one.column === column && one.becomes === value ? { ...one, becomes, create } : one));
  return { ...choices, values: written ? [...others, rule] : others };
}

/** Values that are right as they stand. */
export function withKept(choices: SheetChoices, column: number, values: readonly string[]): SheetChoices {
  return values.reduce(
    (now, value) => withValue(now, { column, value, becomes: value, create: true }),
    choices,
  );
}

/** One name is meant where a column says another, although neither need be here: what was read as that other one is this one too. */
export function withSame(choices: SheetChoices, column: number, value: string, meant: string): SheetChoices {
  const values = choices.values
    // That the name is right was about another pair.
    .filter((rule) => !(rule.column === column && rule.value === meant))
    .map((rule) =>
      rule.column === column && rule.create && rule.becomes === value ? { ...rule, becomes: meant } : rule,
    );
  return withValue({ ...choices, values }, { column, value, becomes: meant, create: true });
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
