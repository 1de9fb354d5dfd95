import type { SheetChoices, SheetPreview, SheetRow, SheetType, ValueRule } from '#shared/contract/sheets.ts';
import { isReferring } from '#shared/domain/references.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { ColumnStore } from '../../model/columns/store.ts';
import type { Ids } from '../../kernel/system.ts';
import type { Plan } from '../json/plan.ts';
import { RecordPlanner } from '../record-planner.ts';
import type { Lookup } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import { lossUnitOf } from '../units.ts';
import { Notices } from '../notices.ts';
import { Cells, mappingOf } from './choices.ts';
import type { Mapping } from './choices.ts';
import { oddRows } from './row-kinds.ts';
import { chosenRowTypes } from './row-types.ts';
import type { RowTypes } from './row-types.ts';
import { expandLinks, namesIn } from './several-names.ts';
import { findDates, findNumbers, findNumberWriting } from './custom-columns.ts';
import type { DateColumn } from './custom-columns.ts';
import { flagDoubtfulNames } from './names.ts';
import { Present } from './present.ts';
import { ReferencedRecords, References, formerNames, typesOf } from './reference.ts';
import { RowPlanner } from './row-planner.ts';
import { RowProblems } from './row-problems.ts';
import { cellText, isBlank } from './table.ts';
import type { Line, Table } from './table.ts';
import { readCell, isCellError, readYesNo } from './values.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isNamedField, isPlaceholder } from '#shared/domain/placeholders.ts';
import { knownValue } from './synonyms.ts';

/** Tells which texts of a column mean empty, depending on its field. */
function emptyCells({ fields, nameParts }: Mapping): (column: number, text: string) => boolean {
  const fieldOf = new Map(fields.map(({ column, field }) => [column, field]));
  const parts = new Set(nameParts);
  return (column, text) => {
    const field = fieldOf.get(column);
    if (isCellError(text)) return false;
    if (field === undefined) return isPlaceholder(text, false) && !(parts.has(column) && isName(text));
    // In prose it may be meant literally.
    if (!isNamedField(field) && field.kind !== 'boolean' && field.key !== 'name') return false;
    return isPlaceholder(text, isNamedField(field)) && !isLiteral(field, text);
  };
}

/** "Null" is a surname as well. */
const isName = (text: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(text.trim());

/** Meaningful to the field: "-" and "none" mean no, and a list may contain such a word. */
const isLiteral = ({ kind, list }: Field, text: string): boolean =>
  (kind === 'boolean' && readYesNo(text) !== null) ||
  (kind === 'choice' && list !== undefined && knownValue(list, text) !== null);

/** The complete plan of importing a table. */
export interface SheetPlan extends Plan {
  /** Rows of the table, without those that another part imports. */
  rows: number;
  /** The records of rows, and those that they refer to and create. */
  ofRows: readonly PlannedRecord[];
  along: readonly PlannedRecord[];
  problems: RowProblems;
  /** What of the table is not imported. */
  notices: Notices;
  present: Present;
  matched: { by_id: number; by_name: number; undecided: number };
  skipped: number;
  sample: readonly Omit<SheetRow, 'title'>[];
  dates: ReadonlyMap<number, DateColumn>;
  lossUnit: SheetPreview['loss_unit'];
  used: ReadonlySet<ValueRule>;
}

export interface SheetSources {
  db: ReadHandle;
  columns: Pick<ColumnStore, 'findOwnFields'>;
  lookup: Lookup;
  ids: Ids;
  /** Records that earlier sheets of the import create; `lookup` knows them. */
  earlier?: readonly PlannedRecord[];
}

/** Plans the import of a table. Yields rows done. Throws INVALID for contradictory choices. */
export function* planSheet(
  table: Table,
  choices: SheetChoices,
  sources: SheetSources,
): Generator<number, SheetPlan, void> {
  const mapping = mappingOf(choices, table.columns.length, yield* ownNames(choices, sources));
  const present = new Present();
  const types = new Set(mapping.fields.flatMap(({ field }) => typesOf(field)));
  // Universities distinguish records of one name.
  for (const _ of present.load(sources.db, ['university', ...types, choices.type])) yield 0;
  present.add(sources.earlier ?? []);
  const { lookup } = sources;
  const taken = new Set<string>();
  const planned = new RecordPlanner(lookup);
  const referenced = new ReferencedRecords(sources.ids, (id) => !taken.has(id) && lookup(id) === undefined);
  const problems = new RowProblems();
  const references = new References({
    lookup,
    present,
    along: referenced,
    wasCalled: formerNames(sources.db),
    isInColumn: namesIn(table.rows, mapping),
  });
  // Both ends of links name records of the same types.
  const ends = mapping.fields.flatMap(({ column, field }) => (field.to === 'any' ? [column] : []));
  const cells = new Cells(choices, leading(mapping, references), emptyCells(mapping), ends);
  const dates = yield* findDates(table.rows, mapping, cells, choices);
  const writing = findNumberWriting(table.rows, mapping, cells, {
    decimals: choices.decimals,
    suggested: table.decimalComma,
  });
  const custom = mapping.own.flatMap(({ column }) => (dates.has(column) ? [] : [column]));
  const numbers = yield* findNumbers(table.rows, custom, cells, writing);
  const losses = findLossUnit({ ...table, ...writing }, mapping, cells, choices);
  const planner = new RowPlanner(
    {
      mapping,
      cells,
      dates,
      references,
      numbers,
      fractions: losses.unit === 'fraction' ? losses : null,
      writing,
      headings: table.columns,
      choices: { university: living(lookup, choices.university) },
    },
    choices,
    { ...sources, present, createsReference: (id) => referenced.has(id), planner: planned, taken },
    problems,
  );
  const skip = new Set(choices.skip);
  const rowTypes = chosenRowTypes(table, choices);
  const oddIn = oddRows(table.rows, mapping);
  const { rows, expanded } = expandLinks(table.rows, mapping, cells, (field, name) =>
    references.recordsOf(field, name),
  );
  let done = 0;
  const lines = new Set<number>();
  // Rows without a known type count as the most frequent one.
  const usual = rowTypes?.counts.find(([one]) => [choices.type, ...choices.elsewhere].includes(one))?.[0];
  const otherwise = choices.elsewhere.length > 0 && usual !== undefined ? usual : choices.type;
  for (const row of rows) {
    const ownType = rowTypes?.typeOf(row);
    const type = ownType ?? otherwise;
    const several = expanded.get(row.line);
    const odd = oddIn(row);
    if (several) {
      const { links: becomes, ...about } = several;
      expanded.delete(row.line);
      problems.add({ line: row.line, ...about, code: 'several_links', action: 'converted', becomes });
    }
    if (choices.elsewhere.includes(type)) continue;
    lines.add(row.line);
    if (skip.has(row.line)) planner.leaveOut(row);
    else if (type !== choices.type && rowTypes) planner.leaveOther(row, rowTypes.column);
    else {
      const isOdd = odd !== null && !cells.look(row, odd.column).rule?.create;
      if (rowTypes && ownType === null && !isOdd)
        noteUnknownType(row, rowTypes.column, choices.type, problems);
      planner.plan(row, isOdd ? odd : null);
    }
    yield ++done;
  }
  if (writing.doubtful) {
    const becomes = writing.decimalComma ? 'comma' : 'point';
    problems.add({ ...writing.doubtful, code: 'number_order', action: 'converted', becomes });
  }
  yield* flagDoubtfulNames(choices, problems, referenced);
  const ofRows = planned.records();
  const made = referenced.plan(planned);
  const { matched, skipped, sample } = planner;
  const { used } = cells;
  return {
    rows: lines.size,
    records: planned.records(),
    find: planned.find,
    ofRows,
    along: made,
    problems,
    notices: noticesOf(table, choices, rowTypes),
    present,
    matched,
    skipped,
    sample,
    dates,
    used,
    lossUnit: losses.unit,
  };
}

/** Reports a word in the column of types that is unknown: it is kept nowhere else. */
function noteUnknownType(
  { line, cells }: Line,
  column: number,
  type: SheetType,
  problems: RowProblems,
): void {
  const value = cellText(cells[column]);
  if (value === '') return;
  problems.add({
    line,
    column,
    field: null,
    value,
    code: 'unknown_type',
    action: 'converted',
    becomes: type,
  });
}

/** The columns that are left out, if not empty. */
function noticesOf({ rows, columns }: Table, choices: SheetChoices, rowTypes: RowTypes | null): Notices {
  const notices = new Notices();
  for (const [column, name] of columns.entries()) {
    if (choices.columns[column]?.to !== 'ignore' || column === rowTypes?.column) continue;
    const count = rows.filter(({ cells }) => !isBlank(cells[column])).length;
    if (count > 0) notices.add('column_left_out', { count, where: { column: name } });
  }
  return notices;
}

function findLossUnit(
  { rows, columns, decimalComma }: Table,
  { fields }: Mapping,
  cells: Cells,
  { loss_unit }: SheetChoices,
) {
  const one = fields.find(({ field }) => field.key === 'energy_loss');
  const texts: string[] = [];
  const losses: number[] = [];
  for (const row of one ? rows : []) {
    const { cell } = cells.look(row, one?.column ?? 0);
    const value = one && cell !== null ? readCell(one.field, cell, { decimalComma }).value : undefined;
    if (typeof value !== 'number') continue;
    // A per cent sign tells the unit.
    losses.push(cellText(cell).includes('%') ? 100 : value);
    if (value > 0 && texts.length === 0) texts.push(cellText(cell));
  }
  const saysUnit = one !== undefined && columns[one.column]?.includes('%') === true;
  const unit = loss_unit === 'guess' && saysUnit ? 'percent' : loss_unit;
  return { ...lossUnitOf(losses, unit), example: texts[0] ?? '' };
}

/** Custom fields of the type, read only if a column becomes one. */
function* ownNames(
  { type, columns }: SheetChoices,
  sources: SheetSources,
): Generator<number, readonly string[], void> {
  if (!columns.some(({ to }) => to === 'own')) return [];
  return (yield* sources.columns.findOwnFields(type)).map(({ name }) => name);
}

/** Which rules for values apply: those that name an existing record, and those that clear. */
function leading({ fields }: Mapping, references: References): (rule: ValueRule) => boolean {
  const named = new Map(
    fields.filter(({ field }) => isReferring(field)).map((one) => [one.column, one.field]),
  );
  return ({ column, becomes, create }) => {
    const field = named.get(column);
    return field === undefined || create || becomes === '' || references.leads(field, becomes);
  };
}

function living(lookup: Lookup, university: string | null): string | null {
  const found = university === null ? undefined : lookup(university);
  return found?.type === 'university' && !found.deleted && !found.hidden ? university : null;
}
