import { isDeepStrictEqual } from 'node:util';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { filledField, typesByTitle, wordType } from '#shared/contract/sheets.ts';
import { shareUnits } from '#shared/domain/share-units.ts';
import type {
  ColumnTarget,
  SheetChoicesInput,
  SheetLayout,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import { targetFields } from '#core/import/table/columns/column-targets.ts';
import { UsageError } from '../output/errors.ts';
import { noShareError, restIn, restPrefix } from './rest-targets.ts';

/** The options that say how a table is read. */
export interface TableArguments {
  sheet: readonly string[];
  'fill-down': readonly string[];
  type: SheetType | undefined;
  column: readonly string[];
  'create-ends': NodeType | 'by-name' | undefined;
  end: readonly string[];
  'row-type': readonly string[];
  'loss-unit': ShareUnit | 'guess' | undefined;
  unit: readonly string[];
  'turn-names': boolean;
  'only-fields': boolean;
  'no-turn-names': boolean;
  'separate-row': readonly string[];
  'by-title': boolean;
  university: readonly string[];
  decimals: 'comma' | 'point' | undefined;
  matching: 'update' | 'skip' | 'create' | undefined;
}

const isHeading = (name: string, given: string): boolean => name.toLowerCase() === given.trim().toLowerCase();

/**
 * The targets that `--column` gives to columns of rows of a type, by index. A field of another type of the table is left to that. Throws
 * UsageError.
 */
export function chosenColumns(
  view: SheetView,
  args: Pick<TableArguments, 'column' | 'sheet'>,
  type: SheetType,
): Record<string, ColumnTarget> {
  const chosen: Record<string, ColumnTarget> = {};
  for (const mapping of args.column) {
    const separator = mapping.lastIndexOf('=');
    const heading = mapping.slice(0, Math.max(separator, 0));
    const index = view.columns.findIndex(({ name }) => isHeading(name, heading));
    const details = { argument: '--column', given: mapping };
    if (index < 0 && args.sheet.length > 1) continue;
    if (index < 0) throw unknownColumn(view.columns, heading, details);
    const targetFor = (one: SheetType): ColumnTarget | null =>
      parseTarget(mapping.slice(separator + 1).trim(), one, view.columns[index]?.name ?? '');
    const target = targetFor(type);
    if (!target && view.row_types.some((other) => other !== type && targetFor(other) !== null)) continue;
    if (!target) {
      const rest = restIn(mapping.slice(separator + 1).trim());
      if (rest !== null) throw noShareError(rest, shareFields(type), details);
      const fields = [
        ...targetFields(type).map(({ key }) => key),
        ...Object.keys(namedTargets),
        ...shareFields(type).map((field) => `${restPrefix}${field}`),
        'own',
        'own:NAME',
      ].join(', ');
      throw new UsageError(`--column must map to one of these for a ${type}: ${fields}.`, details);
    }
    chosen[index] = target;
  }
  return chosen;
}

/** The guesses for a table as the options change them. Throws UsageError. */
export function choicesFor(view: SheetView, args: TableArguments, type: SheetType): SheetChoicesInput {
  const columns = [...(view.guesses[type] ?? [])];
  const chosen = chosenColumns(view, args, type);
  for (const [index, target] of Object.entries(chosen)) {
    for (const [otherIndex, otherTarget] of columns.entries()) {
      if (otherIndex !== Number(index) && isSameTarget(otherTarget, target))
        columns[otherIndex] = { to: 'own', name: view.columns[otherIndex]?.name ?? '' };
    }
    columns[Number(index)] = target;
  }
  if (args['only-fields'])
    for (const [index, target] of columns.entries())
      if (target.to === 'own' && !Object.hasOwn(chosen, index)) columns[index] = { to: 'ignore' };
  return {
    type,
    columns,
    chosen: Object.keys(chosen).map(Number),
    share_units: shareUnitsFor(args, type),
    missing_ends:
      args['create-ends'] === 'by-name' || (args['create-ends'] === undefined && args.end.length > 0)
        ? 'by_name'
        : (args['create-ends'] ?? null),
    end_types: endTypesFor(args.end),
    name_order: nameOrderFor(args),
    separate_rows: linesFor(args['separate-row']),
    new_university: args.university.at(-1) ?? null,
    decimals: args.decimals ?? 'guess',
    ...(args.matching ? { matching: args.matching } : {}),
  };
}

/** Names of targets that are no fields. `own=NAME` is a custom field of another name. */
const namedTargets: Readonly<Record<string, ColumnTarget>> = {
  id: { to: 'id' },
  ignore: { to: 'ignore' },
  // The reading of the table has applied it.
  row_type: { to: 'ignore' },
  given: { to: 'name_part', part: 'first' },
  prefix: { to: 'name_part', part: 'prefix' },
  family: { to: 'name_part', part: 'last' },
  salutation: { to: 'name_part', part: 'salutation' },
  degree: { to: 'name_part', part: 'title' },
  direction: { to: 'direction' },
  from_type: { to: 'type_of', field: 'from' },
  to_type: { to: 'type_of', field: 'to' },
  from_university: { to: 'university_of', field: 'from' },
  to_university: { to: 'university_of', field: 'to' },
};

const shareFields = (type: SheetType): string[] =>
  targetFields(type).flatMap(({ key, unit }) => (unit === 'percent' ? [key] : []));

function parseTarget(target: string, type: SheetType, name: string): ColumnTarget | null {
  if (target === 'own') return { to: 'own', name };
  if (target.startsWith('own:')) return { to: 'own', name: target.slice(4).trim() };
  const [, reference] = /^(\w+):id$/.exec(target) ?? [];
  if (reference !== undefined && targetFields(type).some(({ key }) => key === reference))
    return { to: 'id_of', field: reference };
  const named = namedTargets[target];
  if (named) return named;
  const rest = restIn(target);
  if (rest !== null) return shareFields(type).includes(rest) ? { to: 'rest_of', field: rest } : null;
  return targetFields(type).some(({ key }) => key === target) ? { to: 'field', field: target } : null;
}

/** Whether two columns cannot have these targets at once. */
const isSameTarget = (a: ColumnTarget, b: ColumnTarget): boolean =>
  !['own', 'ignore'].includes(a.to) && isDeepStrictEqual(filledField(a) ?? a, filledField(b) ?? b);

/** Throws UsageError. */
function nameOrderFor(args: TableArguments): SheetChoicesInput['name_order'] {
  if (args['turn-names'] && args['no-turn-names'])
    throw new UsageError('Use either --turn-names or --no-turn-names, not both.', {
      argument: '--no-turn-names',
    });
  if (args['turn-names']) return 'family_first';
  return args['no-turn-names'] ? 'given_first' : 'guess';
}

/** Parses `--separate-row`. Throws UsageError. */
function linesFor(given: readonly string[]): number[] {
  return given.map((text) => {
    if (/^[1-9]\d*$/.test(text.trim())) return Number(text);
    throw new UsageError('--separate-row must be the number of a line.', {
      argument: '--separate-row',
      given: text,
    });
  });
}

/** Parses `--end`. Throws UsageError. */
function endTypesFor(ends: readonly string[]): Record<string, NodeType> {
  return Object.fromEntries(
    ends.map((given) => {
      const separator = given.lastIndexOf('=');
      const type = nodeType.options.find((option) => option === given.slice(separator + 1).trim());
      if (separator > 0 && type) return [given.slice(0, separator).trim(), type];
      const message = `--end must be NAME=TYPE with one of these types: ${nodeType.options.join(', ')}.`;
      throw new UsageError(message, { argument: '--end', given });
    }),
  );
}

/** Parses `--row-type`. Throws UsageError. */
export function wordTypesFor(words: readonly string[]): SheetLayout['word_types'] {
  if (words.length === 0) return undefined;
  return Object.fromEntries(
    words.map((given) => {
      const separator = given.lastIndexOf('=');
      const type = wordType.options.find((option) => option === given.slice(separator + 1).trim());
      if (separator > 0 && type) return [given.slice(0, separator).trim(), type];
      const message = `--row-type must be WORD=TYPE with one of these: ${wordType.options.join(', ')}.`;
      throw new UsageError(message, { argument: '--row-type', given });
    }),
  );
}

/** Parses `--unit` and `--loss-unit`. Throws UsageError. */
function shareUnitsFor(
  { unit: units, 'loss-unit': lossUnit = 'guess' }: TableArguments,
  type: SheetType,
): Record<string, ShareUnit> {
  const chosen: Record<string, ShareUnit> = lossUnit === 'guess' ? {} : { energy_loss: lossUnit };
  const fields = shareFields(type);
  for (const given of units) {
    const [field = '', name = ''] = given.split('=');
    const unit = shareUnits.find((one) => one === name);
    if (!unit || !fields.includes(field)) {
      const message = `--unit must be FIELD=UNIT with a share of a ${type} (${fields.join(', ') || 'none'}) and one of these units: ${shareUnits.join(', ')}.`;
      throw new UsageError(message, { argument: '--unit', given });
    }
    chosen[field] = unit;
  }
  return chosen;
}

/** The columns that `--fill-down` names. Throws UsageError. */
export function filledColumnsOf(
  { columns }: SheetView,
  { 'fill-down': headings, sheet }: Pick<TableArguments, 'fill-down' | 'sheet'>,
): number[] | undefined {
  if (headings.length === 0) return undefined;
  return headings.flatMap((heading) => {
    const index = columns.findIndex(({ name }) => isHeading(name, heading));
    if (index >= 0) return [index];
    if (sheet.length > 1) return [];
    throw unknownColumn(columns, heading, { argument: '--fill-down', given: heading });
  });
}

function unknownColumn(
  columns: SheetView['columns'],
  heading: string,
  details: { argument: string; given: string },
): UsageError {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  return new UsageError(`No column "${heading}" in the table. Columns: ${names}.`, details);
}

/** The column that `--column HEADING=row_type` makes the type of the rows, or what `--by-title` says. */
export function typeColumnOf(
  { columns }: SheetView,
  { column: mappings, 'by-title': byTitle }: Pick<TableArguments, 'column' | 'by-title'>,
): number | undefined {
  if (byTitle) return typesByTitle;
  const headings = mappings.flatMap((mapping) => /^(.*)=\s*row_type\s*$/s.exec(mapping)?.[1] ?? []);
  const index = columns.findIndex(({ name }) => headings.some((heading) => isHeading(name, heading)));
  return index < 0 ? undefined : index;
}
