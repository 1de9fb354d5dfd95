import type { ColumnTarget, SheetChoices, SheetType, SheetView, ValueRule } from '#shared/contract/sheets.ts';
import { filledField, identifiesRows, nameParts } from '#shared/contract/sheets.ts';
import type { DayOrder, DaySeparator } from '#shared/domain/days.ts';

export type RememberedChoices = Pick<SheetChoices, 'type' | 'columns' | 'values'> &
  Partial<Pick<SheetChoices, 'elsewhere' | 'chosen'>>;

/** The other types that a type column gives its rows; each is imported as a separate part. */
const otherTypes = ({ row_types }: SheetView, type: SheetType): SheetType[] =>
  row_types.includes(type) ? row_types.filter((other) => other !== type) : [];

/** The initial choices: those for the last table with the same headings, otherwise the guessed choices. */
export function initialChoices(
  view: SheetView,
  rememberedChoices: RememberedChoices | undefined,
  university: string | null,
): SheetChoices {
  const {
    type,
    columns,
    values,
    elsewhere,
    chosen = [],
  } = rememberedChoices ?? {
    type: view.type,
    columns: view.guesses[view.type] ?? [],
    values: [],
  };
  return {
    type,
    columns,
    chosen,
    values,
    // A reading that was imported once is no guess any more.
    settled:
      rememberedChoices === undefined
        ? []
        : ['type', 'name', 'titled', ...roleFields(view), ...view.doubts.groups.map(groupDoubt)],
    cells: [],
    skip: [],
    dates: {},
    matching: 'ask',
    share_units: {},
    missing_ends: null,
    end_types: {},
    name_order: 'guess',
    separate_rows: [],
    decimals: 'guess',
    elsewhere: elsewhere?.length === 0 ? [] : otherTypes(view, type),
    university,
    new_university: null,
  };
}

const roleFields = ({ doubts }: SheetView): string[] =>
  Object.values(doubts.roles).flatMap((roles) => roles.map(({ field }) => field));

/** Changes the type and guesses the columns again. With null, each row has the type that the table gives it. */
export function withType(choices: SheetChoices, view: SheetView, chosenType: SheetType | null): SheetChoices {
  const { university, cells, skip } = choices;
  const type = chosenType ?? view.row_types[0] ?? view.type;
  const columns = view.guesses[type] ?? [];
  const parts = chosenType === null ? {} : { elsewhere: [] };
  const guessed = initialChoices(view, { type, columns, values: [], ...parts }, university);
  const { new_university } = choices;
  return {
    ...withDecidedColumns(guessed, chosenTargets(choices)),
    new_university,
    settled: ['type'],
    cells,
    skip,
  };
}

/** The university of rows without one is that of the whole import. */
export const withUniversity = (
  part: SheetChoices,
  { university, new_university }: SheetChoices,
): SheetChoices => ({ ...part, university, new_university });

/** Copies the decisions that do not depend on the layout, and the settled doubts, to a new reading of the same lines. */
export const withDecisions = (choices: SheetChoices, earlier: SheetChoices): SheetChoices => ({
  ...withShared(choices, earlier),
  settled: [...new Set([...choices.settled, ...earlier.settled])],
});

/** Copies a table’s shared choices to a part, with the values and day orders of columns that have the same target in both. */
export function withShared(part: SheetChoices, shared: SheetChoices): SheetChoices {
  const isShared = (column: number): boolean => isEqualTarget(part.columns[column], shared.columns[column]);
  const { university, new_university, matching, share_units, missing_ends, end_types } = shared;
  const { name_order, separate_rows, decimals, skip, cells } = shared;
  const values = [
    ...part.values.filter(({ column }) => !isShared(column)),
    ...shared.values.filter(({ column }) => isShared(column)),
  ];
  const dates = Object.fromEntries([
    ...Object.entries(part.dates).filter(([column]) => !isShared(Number(column))),
    ...Object.entries(shared.dates).filter(([column]) => isShared(Number(column))),
  ]);
  return {
    ...part,
    university,
    new_university,
    matching,
    share_units,
    missing_ends,
    end_types,
    name_order,
    separate_rows,
    decimals,
    skip,
    cells,
    values,
    dates,
  };
}

/** Whether two columns cannot have these targets at once. */
const isSameTarget = (target: ColumnTarget, other: ColumnTarget): boolean =>
  (targetValue(target) === targetValue(other) && !['own', 'ignore'].includes(target.to)) ||
  (filledField(target) !== null && filledField(target) === filledField(other));

/** The decided columns by index, as they are read. */
export const chosenTargets = ({ columns, chosen }: SheetChoices): Record<string, ColumnTarget> =>
  Object.fromEntries(
    chosen.flatMap((column) => {
      const target = columns[column];
      return target ? [[String(column), target]] : [];
    }),
  );

/** The choices with the columns that are still read as they were decided before. */
export const withDecidedColumns = (
  choices: SheetChoices,
  chosen: Readonly<Record<string, ColumnTarget>>,
): SheetChoices => ({
  ...choices,
  chosen: [...choices.columns.keys()].filter((column) =>
    isEqualTarget(choices.columns[column], chosen[column]),
  ),
});

/** Decides the target of a column; null leaves it to be guessed again. */
export function withChosen(
  choices: SheetChoices,
  view: SheetView,
  column: number,
  target: ColumnTarget | null,
): SheetChoices {
  const chosen = choices.chosen.filter((other) => other !== column);
  return target === null
    ? { ...choices, chosen }
    : { ...withColumn(choices, view, column, target), chosen: [...chosen, column] };
}

/** The columns that are custom fields, or those that a person left out. */
const columnsTo = ({ columns, chosen }: SheetChoices, to: 'own' | 'ignore'): number[] =>
  [...columns.keys()].filter(
    (column) => columns[column]?.to === to && (to === 'own' || chosen.includes(column)),
  );

export const countColumnsTo = (choices: SheetChoices, to: 'own' | 'ignore'): number =>
  columnsTo(choices, to).length;

/** Leaves out all columns that would become custom fields. */
export function withoutCustomColumns(choices: SheetChoices): SheetChoices {
  const left = columnsTo(choices, 'own');
  return {
    ...choices,
    columns: choices.columns.map((target, column) => (left.includes(column) ? { to: 'ignore' } : target)),
    values: choices.values.filter(({ column }) => !left.includes(column)),
    chosen: [...new Set([...choices.chosen, ...left])],
  };
}

/** Takes the guesses for the columns that a person left out. */
export function withLeftColumns(choices: SheetChoices, view: SheetView): SheetChoices {
  const left = columnsTo(choices, 'ignore');
  return withGuesses({ ...choices, chosen: choices.chosen.filter((column) => !left.includes(column)) }, view);
}

/** Takes the guesses for the columns that nobody decided. Value rules and day orders stay where the target stays. */
export function withGuesses(choices: SheetChoices, { guesses }: SheetView): SheetChoices {
  const columns = choices.columns.map((target, column) =>
    choices.chosen.includes(column) ? target : (guesses[choices.type]?.[column] ?? target),
  );
  const isKept = (column: number): boolean => isEqualTarget(columns[column], choices.columns[column]);
  return {
    ...choices,
    columns,
    values: choices.values.filter(({ column }) => isKept(column)),
    dates: Object.fromEntries(Object.entries(choices.dates).filter(([column]) => isKept(Number(column)))),
  };
}

const isEqualTarget = (target: ColumnTarget | undefined, other: ColumnTarget | undefined): boolean =>
  JSON.stringify(target) === JSON.stringify(other);

/** Changes the target of a column. A field has one column: its former column becomes a custom field. */
export function withColumn(
  choices: SheetChoices,
  view: SheetView,
  column: number,
  target: ColumnTarget,
): SheetChoices {
  const columns = choices.columns.map((current, index): ColumnTarget => {
    if (index === column) return target;
    return isSameTarget(current, target) ? { to: 'own', name: view.columns[index]?.name ?? '' } : current;
  });
  // A value rule applies only to the target for which it was made.
  const values = choices.values.filter((rule) => columns[rule.column] === choices.columns[rule.column]);
  const isName = target.to === 'name_part' || (target.to === 'field' && target.field === 'name');
  const doubt = isName ? 'name' : filledField(target);
  const settled = doubt === null ? choices.settled : withSettled(choices, doubt).settled;
  return { ...choices, columns, values, settled, dates: withoutColumn(choices.dates, column) };
}

/** The doubt about a column of groups. */
export const groupDoubt = (column: number): string => `group ${column}`;

/** `doubt`: `type`, `name`, `titled`, the field of a role, or one of `groupDoubt`. */
export const withSettled = (choices: SheetChoices, doubt: string): SheetChoices => ({
  ...choices,
  settled: [...new Set([...choices.settled, doubt])],
});

/** The doubts about a table that nobody has settled. */
export function openDoubts(
  { doubts, titled, row_types }: SheetView,
  { type, columns, settled, elsewhere }: SheetChoices,
): {
  types: readonly SheetType[] | null;
  /** The column guessed to have the names, if any. */
  names: { guessed: number | null } | null;
  /** Fields that no column was recognised as, each with the columns that can be it. */
  roles: readonly { field: string; columns: readonly number[] }[];
  /** Columns that seem to have a value only in the first row of each group. */
  groups: readonly number[];
  /** People with an academic title who would become students. */
  titled: SheetView['titled'];
  encodings: SheetView['doubts']['encodings'];
} {
  const guessed = doubts.names[type];
  const target = guessed === undefined ? undefined : columns[guessed];
  const isName = target?.to === 'field' && target.field === 'name';
  const isUnsure = guessed !== undefined && isName && !settled.includes('name');
  return {
    types: settled.includes('type') || elsewhere.length > 0 ? null : doubts.types,
    names: isUnsure ? { guessed } : identifiesRows(type, columns) ? null : { guessed: null },
    roles: (doubts.roles[type] ?? []).filter(({ field }) => !settled.includes(field)),
    groups: doubts.groups.filter((column) => !settled.includes(groupDoubt(column))),
    titled: type === 'student' && row_types.length === 0 && !settled.includes('titled') ? titled : null,
    encodings: doubts.encodings,
  };
}

export function hasOpenDoubts(view: SheetView, choices: SheetChoices): boolean {
  const { types, names, titled, roles, groups, encodings } = openDoubts(view, choices);
  return (
    [types, names, titled].some((open) => open !== null) ||
    [roles, groups, encodings].some((open) => open.length > 0)
  );
}

export function withoutColumn(dates: SheetChoices['dates'], column: number): SheetChoices['dates'] {
  const { [column]: _, ...others } = dates;
  return others;
}

/** Sets the day order of a column for each given separator; `none`: the column has no dates. */
export function withDayOrder(
  choices: SheetChoices,
  column: number,
  order: 'none' | Partial<Record<DaySeparator, DayOrder>>,
): SheetChoices {
  const previous = choices.dates[column];
  const dayOrder =
    order === 'none' || previous === undefined || previous === 'none' ? order : { ...previous, ...order };
  return { ...choices, dates: { ...choices.dates, [column]: dayOrder } };
}

/** Replaces a value throughout its column, including rules that produced this value. */
export function withValue(choices: SheetChoices, rule: ValueRule): SheetChoices {
  const { column, value, becomes, create } = rule;
  const others = choices.values
    .filter((other) => other.column !== column || other.value !== value)
    .map((other) =>
      other.column === column && other.becomes === value ? { ...other, becomes, create } : other,
    );
  return { ...choices, values: [...others, rule] };
}

/** Keeps values unchanged; missing records with these names are created. */
export function withKeptValues(
  choices: SheetChoices,
  column: number,
  values: readonly string[],
): SheetChoices {
  return values.reduce(
    (current, value) => withValue(current, { column, value, becomes: value, create: true }),
    choices,
  );
}

export function withCell(choices: SheetChoices, cell: SheetChoices['cells'][number]): SheetChoices {
  const others = choices.cells.filter(({ line, column }) => line !== cell.line || column !== cell.column);
  return { ...choices, cells: [...others, cell] };
}

export function withSkippedLines(choices: SheetChoices, lines: readonly number[]): SheetChoices {
  return { ...choices, skip: [...new Set([...choices.skip, ...lines])] };
}

/** Makes rows records of their own although an earlier row has the same person. */
export function withSeparateRows(choices: SheetChoices, lines: readonly number[]): SheetChoices {
  return { ...choices, separate_rows: [...new Set([...choices.separate_rows, ...lines])] };
}

export function targetValue(target: ColumnTarget): string {
  if (target.to === 'name_part') return `name_part:${target.part}`;
  return 'field' in target ? `${target.to}:${target.field}` : target.to;
}

export function parseTarget(value: string, name: string): ColumnTarget {
  const [to, field = ''] = value.split(':');
  if (to === 'field' || to === 'id_of' || to === 'rest_of') return { to, field };
  if (to === 'name_part') return { to, part: nameParts.find((part) => part === field) ?? 'last' };
  if (to === 'university_of') return { to, field: field === 'from' || field === 'to' ? field : 'both' };
  if (to === 'type_of') return { to, field: field === 'to' ? 'to' : 'from' };
  if (value === 'id' || value === 'direction') return { to: value };
  return value === 'own' ? { to: 'own', name } : { to: 'ignore' };
}
