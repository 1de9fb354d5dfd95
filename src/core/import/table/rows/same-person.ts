import type { SheetType } from '#shared/contract/sheets.ts';
import { unambiguousDay, numericFormat } from '#shared/domain/days.ts';
import { isIdentifier, provesIdentity } from '#shared/domain/identifiers.ts';
import type { Json } from '#shared/domain/json.ts';
import { maxReferences } from '#shared/domain/limits.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { Cells, Mapping } from '../choices.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';
import { plainColumn } from '../columns/heading-match.ts';
import { statesIdentity } from '../columns/identity-headings.ts';
import type { RowData } from './row-data.ts';
import type { Table } from '../read/table.ts';

/** The rows of one person in a table. */
export interface SamePeople {
  /** By the line of a person's first row: the later rows, which join it. */
  laterRows: ReadonlyMap<number, readonly Line[]>;
  /** Lines of rows that join an earlier one. */
  joinedLines: ReadonlySet<number>;
  /** Rows of a person who also has an earlier row of another type. */
  otherTypeLines: ReadonlySet<number>;
}

const nobody: SamePeople = { laterRows: new Map(), joinedLines: new Set(), otherTypeLines: new Set() };

const mailAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** With fewer values, a column can seem to identify people by chance. */
const leastValues = 5;

const rowsPerYield = 500;

interface NamedRow {
  row: Line;
  name: string;
}

/**
 * Finds rows with the same person name and the same value in a column that identifies people. `typeOf`: the type of a row, or null for a
 * row that is no record. Yields rows read. Rows of `separate` lines join none.
 */
export function* findSamePeople(
  { rows, columns }: Pick<Table, 'rows' | 'columns'>,
  mapping: Mapping,
  cells: Cells,
  { typeOf, separate }: { typeOf: (row: Line) => SheetType | null; separate: readonly number[] },
): Generator<number, SamePeople, void> {
  if (!isPerson(mapping.type)) return nobody;
  const nameColumn = mapping.fields.find(({ field }) => field.key === 'name')?.column;
  const nameColumns = nameColumn === undefined ? mapping.namePartColumns : [nameColumn];
  const textOf = (row: Line, column: number): string => cellText(cells.peekAt(row, column).cell);
  const named: NamedRow[] = [];
  for (const [index, row] of rows.entries()) {
    const name = personKey(nameColumns.map((column) => textOf(row, column)).join(' '));
    if (name !== '') named.push({ row, name });
    if (index % rowsPerYield === rowsPerYield - 1) yield index;
  }
  const nameCounts = Map.groupBy(named, ({ name }) => name);
  if (nameCounts.size === named.length) return nobody;
  const groups = [...nameCounts.values()].filter(({ length }) => length > 1);
  const idColumns = yield* identityColumns(columns, { named, groups }, mapping, textOf);
  if (idColumns.length === 0) return nobody;
  const laterRows = new Map<number, Line[]>();
  const [joinedLines, otherTypeLines, separateLines] = [
    new Set<number>(),
    new Set<number>(),
    new Set(separate),
  ];
  for (const [name, group] of nameCounts) {
    if (name === undefined || group.length < 2) continue;
    const firstRows = new Map<string, Line>();
    const seenValues = new Map<string, SheetType>();
    for (const { row } of group) {
      const type = typeOf(row);
      if (type === null) continue;
      const values = idColumns.flatMap(({ column, isIdentity }) => {
        const text = textOf(row, column);
        return isIdentity(text) ? [`${column} ${text.toLowerCase()}`] : [];
      });
      if (values.some((value) => (seenValues.get(value) ?? type) !== type)) otherTypeLines.add(row.line);
      for (const value of values) seenValues.set(value, type);
      if (type !== mapping.type || separateLines.has(row.line)) continue;
      const first = values.flatMap((value) => firstRows.get(value) ?? [])[0];
      if (first !== undefined) {
        laterRows.set(first.line, [...(laterRows.get(first.line) ?? []), row]);
        joinedLines.add(row.line);
      }
      for (const value of values) if (!firstRows.has(value)) firstRows.set(value, first ?? row);
    }
  }
  return { laterRows, joinedLines, otherTypeLines };
}

interface IdentityColumn {
  column: number;
  isIdentity: (text: string) => boolean;
}

/** A code under a heading of ids: "EF34GH", "s1234", an address. */
const isCode = (text: string): boolean =>
  !isDate(text) && (isIdentifier(text) || (/^\S{4,}$/.test(text) && /\d/.test(text)));

const isDate = (text: string): boolean => unambiguousDay(text) !== null || numericFormat(text) !== null;

/**
 * The columns that identify people: ids, those whose heading says so, and those in which nearly every name has a value of its own that no
 * other name has.
 */
function* identityColumns(
  columns: readonly string[],
  { named, groups }: { named: readonly NamedRow[]; groups: readonly (readonly NamedRow[])[] },
  { fields, namePartColumns, recordIdColumn }: Pick<Mapping, 'fields' | 'namePartColumns' | 'recordIdColumn'>,
  textOf: (row: Line, column: number) => string,
): Generator<number, IdentityColumn[], void> {
  const found: IdentityColumn[] = [];
  if (recordIdColumn !== null) found.push({ column: recordIdColumn, isIdentity: isIdentifier });
  // A column that is left out still tells people apart.
  const used = new Set([recordIdColumn, ...namePartColumns, ...fields.map(({ column }) => column)]);
  for (const column of columns.keys()) {
    if (used.has(column)) continue;
    if (statesIdentity(plainColumn(columns[column] ?? ''))) found.push({ column, isIdentity: isCode });
    else if (groups.some((group) => haveSameValue(group, (row) => textOf(row, column)))) {
      const values = named.map(({ row, name }): [string, string] => [textOf(row, column), name]);
      const isIdentity = identityTest(values.filter(([text]) => text !== ''));
      if (isIdentity) found.push({ column, isIdentity });
    }
    yield named.length;
  }
  return found;
}

function haveSameValue(rows: readonly NamedRow[], textOf: (row: Line) => string): boolean {
  const texts = rows.map(({ row }) => textOf(row)).filter((text) => text !== '');
  return new Set(texts).size < texts.length;
}

/** A test for the values of a column that identify people, from its values and the name in each row. Null for other columns. */
function identityTest(values: readonly (readonly [string, string])[]): IdentityColumn['isIdentity'] | null {
  const isMail = (text: string): boolean => mailAddress.test(text);
  const mailCount = values.filter(([text]) => isMail(text)).length;
  if (mailCount > 1 && mailCount > values.length * 0.8) return isMail;
  const isOwnValue = (text: string): boolean => provesIdentity(text) && !isDate(text);
  const nameByValue = new Map<string, string>();
  for (const [text, name] of values) {
    if (!isOwnValue(text) || (nameByValue.get(text) ?? name) !== name) return null;
    nameByValue.set(text, name);
  }
  const nameCount = new Set(nameByValue.values()).size;
  return nameByValue.size >= leastValues && nameByValue.size === nameCount ? isOwnValue : null;
}

/** Adds the values of a person's later row to those of the first: what that leaves blank, and a student's further teams. */
export function joinRow(data: RowData, later: RowData): void {
  const takenFields = new Set<string>();
  for (const [key, value] of Object.entries(later.fields)) {
    if (data.fields[key] !== undefined) continue;
    data.fields[key] = value;
    takenFields.add(key);
  }
  for (const team of [later.fields.team_id, ...referencedIds(later.fields.other_team_ids)]) {
    const others = referencedIds(data.fields.other_team_ids);
    if (typeof team !== 'string' || team === data.fields.team_id || others.includes(team)) continue;
    if (others.length >= maxReferences) continue;
    data.fields.other_team_ids = [...others, team];
    takenFields.add('team_id');
  }
  data.university ??= later.university;
  takeMissing(data.customValues, later.customValues, takenFields);
  takeMissing(data.customNumbers, later.customNumbers, takenFields);
  takeMissing(data.unfitValues, later.unfitValues, takenFields);
  data.blankFields = data.blankFields.filter((key) => !takenFields.has(key));
  data.flaggedFields.push(...later.flaggedFields.filter((key) => takenFields.has(key)));
  data.problems.push(...later.problems.filter(({ field }) => field !== null && takenFields.has(field)));
}

function takeMissing<V extends Json>(
  own: Record<string, V>,
  others: Record<string, V>,
  taken: Set<string>,
): void {
  for (const [key, value] of Object.entries(others)) {
    if (own[key] !== undefined) continue;
    own[key] = value;
    taken.add(key);
  }
}
