import type { SheetChoices, SheetPreview, SheetRow, SheetType, ValueRule } from '#shared/contract/sheets.ts';
import { isReferenceKind } from '#shared/domain/references.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { ColumnStore } from '../../model/columns/store.ts';
import type { Ids } from '../../kernel/system.ts';
import type { Plan } from '../json/plan.ts';
import { RecordPlanner } from '../record-planner.ts';
import type { Lookup } from '../record-planner.ts';
import type { PlannedRecord } from '../planned-record.ts';
import { isNumbered } from '../graph/ids.ts';
import { customFieldName } from './columns/custom-headings.ts';
import { titleOf } from '#shared/domain/title.ts';
import { personKey } from '#shared/domain/person-name.ts';
import type { ShareUnits } from './rows/row-data.ts';
import { Notices } from '../notices.ts';
import { Cells, mappingOf } from './choices.ts';
import type { Mapping } from './choices.ts';
import { findShareUnits } from './columns/share-columns.ts';
import { oddRowFinder } from './rows/odd-rows.ts';
import { statedEndTypes } from './rows/stated-end-types.ts';
import { namesFormerMember } from '../word-types.ts';
import { chosenRowTypes } from './columns/row-types.ts';
import type { RowTypes } from './columns/row-types.ts';
import { expandLinks, createColumnTest } from './rows/several-names.ts';
import { createEmptyTest } from './rows/empty-cells.ts';
import { findNameOrder, offeredOrder } from './columns/name-order.ts';
import { findSamePeople } from './rows/same-person.ts';
import { findDates } from './columns/date-columns.ts';
import type { DateColumn } from './columns/date-columns.ts';
import { findNumberColumns } from './columns/number-columns.ts';
import type { NumberColumns } from './columns/number-columns.ts';
import { flagDoubtfulNames } from './rows/doubtful-names.ts';
import { VisibleRecords } from './rows/visible-records.ts';
import { ReferencedRecords, References, createFormerNameTest, typesOf } from './rows/reference.ts';
import type { ReferenceParts } from './rows/reference.ts';
import { RowPlanner } from './rows/row-planner.ts';
import { addNameNotices } from './rows/name-notices.ts';
import { RowProblems } from './rows/row-problems.ts';
import { cellText, isBlank } from './cell.ts';
import type { Line } from './cell.ts';
import type { Table } from './read/table.ts';

/** The complete plan of importing a table. */
export interface SheetPlan extends Plan {
  /** Number of rows, without those that another part of the import handles. */
  rows: number;
  /** The planned records of rows; `referenced` has the ones that references create. */
  rowRecords: readonly PlannedRecord[];
  referenced: readonly PlannedRecord[];
  /** The name behind an id that references made, also of rows that are left out. */
  referencedTitle: (id: string) => string | undefined;
  problems: RowProblems;
  notices: Notices;
  visible: VisibleRecords;
  matched: { by_id: number; by_name: number; undecided: number };
  skipped: number;
  sample: readonly Omit<SheetRow, 'title'>[];
  nameOrder: SheetPreview['name_order'];
  dateColumns: ReadonlyMap<number, DateColumn>;
  shareUnits: ShareUnits;
  usedRules: ReadonlySet<ValueRule>;
}

/**
 * The mapping without a column of ids that are numbered within the table only: some belong to other records. The rows get new ids, and the
 * numbers become a custom field.
 */
function withoutLocalIds(
  mapping: Mapping,
  { rows, columns }: Table,
  lookup: Lookup,
  notices: Notices,
): Mapping {
  const { type, recordIdColumn, fields, customFields } = mapping;
  if (recordIdColumn === null) return mapping;
  const nameColumn = fields.find(({ field }) => field.key === 'name')?.column;
  const otherRecords = rows.flatMap(({ cells }) => {
    const id = cellText(cells[recordIdColumn]);
    const existing = isNumbered(id) ? lookup(id) : undefined;
    if (!existing) return [];
    const isSame =
      existing.type === type &&
      (nameColumn === undefined ||
        personKey(cellText(cells[nameColumn])) === personKey(titleOf(type, existing.payload)));
    return isSame ? [] : [id];
  });
  const numbered = rows.filter(({ cells }) => isNumbered(cellText(cells[recordIdColumn]))).length;
  // Where few names differ, the records were renamed.
  if (otherRecords.length === 0 || numbered < rows.length / 2) return mapping;
  const isRenamed =
    otherRecords.every((id) => lookup(id)?.type === type) && otherRecords.length < numbered / 2;
  if (isRenamed) return mapping;
  notices.add('ids_taken', { count: otherRecords.length, params: { value: otherRecords[0] ?? '' } });
  const name = customFieldName(type, columns[recordIdColumn] ?? 'id');
  return {
    ...mapping,
    recordIdColumn: null,
    customFields: [...customFields, { column: recordIdColumn, name }],
  };
}

export interface SheetSources {
  db: ReadHandle;
  columns: Pick<ColumnStore, 'findCustomFields'>;
  lookup: Lookup;
  ids: Ids;
  /** Records that earlier sheets of the import create; `lookup` finds them too. */
  earlier?: readonly PlannedRecord[];
}

/** Plans the import of a table. Yields rows done. Throws INVALID for contradictory choices. */
export function* planSheet(
  table: Table,
  choices: SheetChoices,
  sources: SheetSources,
): Generator<number, SheetPlan, void> {
  const notices = new Notices();
  const chosenMapping = mappingOf(choices, table.columns.length, yield* customFieldNames(choices, sources));
  const mapping = withoutLocalIds(chosenMapping, table, sources.lookup, notices);
  const visible = new VisibleRecords();
  const types = new Set(mapping.fields.flatMap(({ field }) => typesOf(field)));
  // Universities distinguish records with the same name.
  for (const _ of visible.load(sources.db, ['university', ...types, choices.type])) yield 0;
  visible.addPlanned(sources.earlier ?? []);
  const { lookup } = sources;
  const usedIds = new Set<string>();
  const recordPlanner = new RecordPlanner(lookup, notices);
  const referenced = new ReferencedRecords(sources.ids, (id) => !usedIds.has(id) && lookup(id) === undefined);
  const problems = new RowProblems();
  const references = new References({
    lookup,
    visible,
    referenced,
    hadName: createFormerNameTest(sources.db),
    isInColumn: createColumnTest(table.rows, mapping),
    missingEnds: choices.missing_ends,
    endTypes: { ...statedEndTypes(table, mapping), ...choices.end_types },
  });
  const { cells, dateColumns, numberColumns, shareUnits } = yield* interpretColumns(
    table,
    choices,
    mapping,
    references,
  );
  const nameOrder = findNameOrder(table, mapping, cells, choices.name_order);
  const planner = new RowPlanner(
    {
      mapping,
      cells,
      dateColumns,
      references,
      numberColumns,
      shareUnits,
      headings: table.columns,
      nameOrder,
      choices: { university: defaultUniversity(choices, { lookup, visible, referenced }) },
    },
    choices,
    { ...sources, visible, createdTypeOf: (id) => referenced.typeOf(id), planner: recordPlanner, usedIds },
    problems,
  );
  const skippedLines = new Set(choices.skip);
  const rowTypes = chosenRowTypes(table, choices);
  const oddRowOf = oddRowFinder(table, mapping);
  const { rows, expandedCells } = expandLinks(table.rows, mapping, cells, (field, name) =>
    references.recordsOf(field, name),
  );
  const isLeftOut = (row: Line): boolean => skippedLines.has(row.line) || oddRowOf(row) !== null;
  const { laterRows, joinedLines, otherTypeLines } = yield* findSamePeople(table, mapping, cells, {
    typeOf: (row) => {
      if (isLeftOut(row) || rowTypes?.chosenOf(row) === 'ignore') return null;
      return rowTypes?.typeOf(row) ?? defaultRowType(choices, rowTypes);
    },
    separate: choices.separate_rows,
  });
  let done = 0;
  const handledLines = new Set<number>();
  const defaultType = defaultRowType(choices, rowTypes);
  for (const row of rows) {
    const rowType = rowTypes?.typeOf(row);
    const chosenType = rowTypes?.chosenOf(row);
    if (chosenType === 'ignore') skippedLines.add(row.line);
    const type = rowType ?? defaultType;
    const expansion = expandedCells.get(row.line);
    const oddRow = oddRowOf(row);
    if (expansion) {
      const { links: becomes, ...cell } = expansion;
      expandedCells.delete(row.line);
      problems.add({ line: row.line, ...cell, code: 'several_links', action: 'converted', becomes });
    }
    if (choices.elsewhere.includes(type)) continue;
    handledLines.add(row.line);
    if (joinedLines.has(row.line)) continue;
    if (rowTypes && chosenType === 'ignore')
      reportUnknownType(row, rowTypes.column, { type: null, isChosen: true }, problems);
    if (skippedLines.has(row.line)) planner.skipRow(row);
    else if (type !== choices.type && rowTypes) planner.skipOtherType(row, rowTypes.column);
    else {
      const isOdd = oddRow !== null && !cells.peekAt(row, oddRow.column).rule?.create;
      const isRecord = !isOdd || oddRow.code === 'organisation_row';
      if (rowTypes && (rowType === null || chosenType !== undefined) && isRecord)
        reportUnknownType(
          row,
          rowTypes.column,
          { type: choices.type, isChosen: chosenType !== undefined },
          problems,
        );
      if (otherTypeLines.has(row.line)) planner.reportOtherType(row);
      const isFormer =
        chosenType === 'former' ||
        (rowTypes !== null && type === 'student' && namesFormerMember(cellText(row.cells[rowTypes.column])));
      planner.plan(row, { oddRow: isOdd ? oddRow : null, laterRows: laterRows.get(row.line), isFormer });
    }
    yield ++done;
  }
  const { ambiguousNumber, notationOf } = numberColumns;
  if (ambiguousNumber) {
    const becomes = notationOf(ambiguousNumber.column).decimalComma ? 'comma' : 'point';
    problems.add({ ...ambiguousNumber, code: 'number_order', action: 'converted', becomes });
  }
  yield* flagDoubtfulNames(choices, problems, referenced);
  const rowRecords = recordPlanner.records();
  const createdRecords = referenced.plan(recordPlanner);
  addColumnNotices(notices, table, choices, rowTypes);
  const { matched, skipped, sample, turnedNames } = planner;
  addNameNotices(notices, planner, nameOrder?.by === 'choice');
  const { usedRules } = cells;
  return {
    rows: handledLines.size,
    records: recordPlanner.records(),
    find: recordPlanner.find,
    rowRecords,
    referenced: createdRecords,
    referencedTitle: (id) => referenced.titleOf(id),
    problems,
    notices,
    visible,
    matched,
    skipped,
    sample,
    nameOrder: offeredOrder(nameOrder, turnedNames),
    dateColumns,
    usedRules,
    shareUnits,
  };
}

interface ColumnReading {
  cells: Cells;
  dateColumns: ReadonlyMap<number, DateColumn>;
  numberColumns: NumberColumns;
  shareUnits: ShareUnits;
}

/** How the cells of the columns are read: corrections, dates, numbers and the units of shares. Yields rows read. */
function* interpretColumns(
  table: Table,
  choices: SheetChoices,
  mapping: Mapping,
  references: References,
): Generator<number, ColumnReading, void> {
  const { rows } = table;
  // The ends of a link name records of the same types.
  const endColumns = mapping.fields.flatMap(({ column, field }) => (field.to === 'any' ? [column] : []));
  const cells = new Cells(choices, createRuleTest(mapping, references), createEmptyTest(mapping), endColumns);
  const dateColumns = yield* findDates(rows, mapping, cells, choices);
  const customFields = mapping.customFields.filter(({ column }) => !dateColumns.has(column));
  const numberColumns = yield* findNumberColumns(rows, { ...mapping, customFields }, cells, {
    decimals: choices.decimals,
    suggestsComma: table.decimalComma,
  });
  const shareUnits = findShareUnits(table, mapping, cells, { ...choices, ...numberColumns });
  return { cells, dateColumns, numberColumns, shareUnits };
}

/** The type of rows without a known type: the most frequent one of the import, if several sheets share the table. */
function defaultRowType({ type, elsewhere }: SheetChoices, rowTypes: RowTypes | null): SheetType {
  if (elsewhere.length === 0) return type;
  const mostFrequent = rowTypes?.counts.find(([counted]) => [type, ...elsewhere].includes(counted));
  return mostFrequent?.[0] ?? type;
}

/** Reports a word in the column of types that names none; a null `type` leaves its rows out. */
function reportUnknownType(
  { line, cells }: Line,
  column: number,
  { type, isChosen }: { type: SheetType | null; isChosen: boolean },
  problems: RowProblems,
): void {
  const value = cellText(cells[column]);
  if (value === '') return;
  const action = type === null ? 'skipped' : isChosen ? 'converted' : 'kept';
  problems.add({
    line,
    column,
    field: null,
    value,
    code: 'unknown_type',
    action,
    ...(type !== null && { becomes: type }),
  });
}

/** Adds notices of ignored columns that are not empty. */
function addColumnNotices(
  notices: Notices,
  { rows, columns }: Table,
  choices: SheetChoices,
  rowTypes: RowTypes | null,
): void {
  for (const [column, name] of columns.entries()) {
    if (choices.columns[column]?.to !== 'ignore' || column === rowTypes?.column) continue;
    const count = rows.filter(({ cells }) => !isBlank(cells[column])).length;
    if (count > 0) notices.add('column_left_out', { count, where: { column: name } });
  }
}

/** Custom fields of the type; read only if a column becomes a custom field. */
function* customFieldNames(
  { type, columns }: SheetChoices,
  sources: SheetSources,
): Generator<number, readonly string[], void> {
  if (!columns.some(({ to }) => to === 'own')) return [];
  return (yield* sources.columns.findCustomFields(type)).map(({ name }) => name);
}

/** Returns a test for the rules that apply: of references, those that name an existing record, create or clear. */
function createRuleTest({ fields }: Mapping, references: References): (rule: ValueRule) => boolean {
  const referenceFields = new Map(
    fields.filter(({ field }) => isReferenceKind(field)).map((one) => [one.column, one.field]),
  );
  return ({ column, becomes, create }) => {
    const field = referenceFields.get(column);
    return field === undefined || create || becomes === '' || references.findsRecord(field, becomes);
  };
}

/** The university of rows without one: a visible record, or one that is created by name if no university has it. */
function defaultUniversity(
  { university, new_university: name, type, elsewhere }: SheetChoices,
  { lookup, visible, referenced }: Pick<ReferenceParts, 'lookup' | 'visible' | 'referenced'>,
): string | null {
  // A company in a list of members is not part of their university.
  if (type === 'organisation' && elsewhere.length > 0) return null;
  const found = university === null ? undefined : lookup(university);
  if (found?.type === 'university' && !found.deleted && !found.hidden) return university;
  if (name === null) return null;
  const named = visible.recordsNamed(['university'], name);
  return named[0]?.id ?? referenced.findOrCreateId('university', name, null);
}
