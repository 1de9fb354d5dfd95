import { typesByTitle } from '#shared/contract/sheets.ts';
import type { SheetChoices, SheetType, SheetView, WordType } from '#shared/contract/sheets.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { cachedIn } from '../../cached.ts';
import { hasAcademicTitle } from '../../name-types.ts';
import { typeOfWord } from '../../word-types.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { plainColumn, withoutCount } from './heading-match.ts';
import { isAboutPeople } from './people-headings.ts';
import { isRoleAttribute, isTypeAttribute } from '../../../model/interchange/attribute-words.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Line } from '../cell.ts';
import type { Table } from '../read/table.ts';

/** The column that tells each row's type. */
export interface RowTypes {
  column: number;
  typeOf: (row: Line) => SheetType | null;
  /** What a person decided about a word that names no type. */
  chosenOf: (row: Line) => WordType | undefined;
  /** Number of rows by type. Rows of unknown words get the first type: the most frequent one, or students if a heading is about them. */
  counts: readonly (readonly [SheetType, number])[];
}

/**
 * The column of types for an import as `type`. Null if the column does not name this type, or if a person made it a field and no other part
 * imports the other types.
 */
export function chosenRowTypes(
  table: Typed,
  { type, columns, chosen, elsewhere }: Pick<SheetChoices, 'type' | 'columns' | 'chosen' | 'elsewhere'>,
): RowTypes | null {
  const found = findRowTypes(table);
  if (!found || !hasRowsOfType(found, type)) return null;
  const isField = chosen.includes(found.column) && columns[found.column]?.to !== 'ignore';
  return elsewhere.length > 0 || !isField ? found : null;
}

export const hasRowsOfType = ({ counts }: RowTypes, type: SheetType): boolean =>
  counts.some(([one]) => one === type);

const wordRows = 2000;

/** The words of the column of types in the first rows of a type, each once. */
export function wordsOfType(
  type: SheetType,
  { rows }: Pick<Table, 'rows'>,
  { column, typeOf }: Pick<RowTypes, 'column' | 'typeOf'>,
): string[] {
  const words = new Set<string>();
  for (const row of rows.slice(0, wordRows))
    if (typeOf(row) === type) words.add(plainHeading(cellText(row.cells[column])));
  return [...words];
}

/** Words that are values of other columns as well: "Member" is a role, "Partner" a status. They count only under a heading of types. */
const commonWords: ReadonlySet<string> = new Set(
  'member members mitglied mitglieder people roster partner partners group groups gruppe gruppen school schools staff contact contacts result results link links'.split(
    ' ',
  ),
);

type Typed = Pick<Table, 'columns' | 'rows' | 'typeColumn' | 'wordTypes'>;

/** Whether a column is chosen as one of types, or headed so. */
const isHeadedType = ({ columns, typeColumn }: Typed, column: number): boolean => {
  return column === typeColumn || isTypeAttribute(withoutCount(columns[column] ?? ''));
};

/** Whether fewer than 80 % of a column's first values differ, as roles do; names with numbers ("Student 1") differ. */
function hasRepeatedValues(rows: readonly Line[], column: number): boolean {
  const texts = rows
    .slice(0, wordRows)
    .flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [cellText(cells[column])]));
  return texts.length > 3 && new Set(texts).size < texts.length * 0.8;
}

/** The types that a column's words name, and how many of its cells have such a word. */
function readTypes(table: Typed, column: number): RowTypes & { filledCount: number; knownCount: number } {
  const { columns, rows, typeColumn, wordTypes = {} } = table;
  const isTyped = isHeadedType(table, column);
  // "Student 1" is a name, "Universitair docent 2" under "Functie" a role with its grade.
  const canHaveGrades =
    isTyped || isRoleAttribute(withoutCount(columns[column] ?? '')) || hasRepeatedValues(rows, column);
  const typeOfText = (text: string): ReturnType<typeof typeOfWord> => {
    if (!isTyped && commonWords.has(plainHeading(text))) return null;
    return !canHaveGrades && /\d/.test(text) ? null : typeOfWord(text, isTyped ? 'all' : 'people');
  };
  const typesByText = new Map<string, ReturnType<typeof typeOfWord>>();
  const statedOf = (row: Line): SheetType | null => {
    const text = cellText(row.cells[column]);
    const type = cachedIn(typesByText, text, () => typeOfText(text));
    if (type === 'person') return isTyped ? typeOfPerson(row, columns, column) : null;
    // "Harness group" is a name, "PhD student" a role.
    return !isTyped && type !== null && !isPerson(type) && text.trim().includes(' ') ? null : type;
  };
  const chosenOf = (row: Line): WordType | undefined => {
    const word = cellText(row.cells[column]);
    return Object.hasOwn(wordTypes, word) && statedOf(row) === null ? wordTypes[word] : undefined;
  };
  const typeOf = (row: Line): SheetType | null => {
    const chosen = chosenOf(row);
    return statedOf(row) ?? (chosen === 'former' ? 'student' : chosen === 'ignore' ? null : (chosen ?? null));
  };
  /** Row counts by type: from the words themselves, and from choices for unknown words. */
  const [counts, chosenCounts] = [new Map<SheetType, number>(), new Map<SheetType, number>()];
  let [filledCount, knownCount] = [0, 0];
  for (const row of rows) {
    // Totals of a column are numbers.
    if (isBlank(row.cells[column]) || /^[\d.,]+$/.test(cellText(row.cells[column]))) continue;
    filledCount += 1;
    // Other columns of a long table are not read to their end.
    if (column !== typeColumn && filledCount > 200 && knownCount < 60) break;
    const [stated, type] = [statedOf(row), typeOf(row)];
    if (stated !== null) counts.set(stated, (counts.get(stated) ?? 0) + 1);
    else if (type !== null) chosenCounts.set(type, (chosenCounts.get(type) ?? 0) + 1);
    knownCount += Number(type !== null);
  }
  const areStudents =
    knownCount < filledCount / 2 && columns.some((heading) => isAboutPeople('student', plainColumn(heading)));
  return {
    column,
    typeOf,
    chosenOf,
    counts: [...new Set([...counts.keys(), ...chosenCounts.keys()])]
      .toSorted(
        (a, b) =>
          (areStudents ? Number(b === 'student') - Number(a === 'student') : 0) ||
          (counts.get(b) ?? 0) - (counts.get(a) ?? 0),
      )
      .map((type) => [type, (counts.get(type) ?? 0) + (chosenCounts.get(type) ?? 0)] as const),
    filledCount,
    knownCount,
  };
}

/**
 * Finds the type column: the chosen one, else one with 70 % type words; a heading such as "Type" takes precedence. Null if there is none.
 */
export function findRowTypes(table: Typed): RowTypes | null {
  const { columns, typeColumn } = table;
  if (typeColumn === -1) return null;
  if (typeColumn === typesByTitle) return findTypesByTitle(table);
  const isHeaded = [...columns.keys()].map((column) => isHeadedType(table, column));
  const order = [...columns.keys()].toSorted((a, b) => Number(isHeaded[b]) - Number(isHeaded[a]) || a - b);
  for (const column of typeColumn === undefined ? order : [typeColumn]) {
    const { filledCount, knownCount, ...types } = readTypes(table, column);
    const isChosen = column === typeColumn;
    if (knownCount < (isHeaded[column] ? 1 : 2) || (!isChosen && knownCount < filledCount * 0.7)) continue;
    return types;
  }
  return null;
}

/**
 * A column that names students as well as faculty in 30 % of its cells, or in two under a heading of types: too few to tell each row's type.
 * Null if there is none.
 */
export function findMixedPeople(table: Typed): number | null {
  if (table.typeColumn !== undefined) return null;
  const column = [...table.columns.keys()].find((one) => {
    const types = readTypes(table, one);
    return (
      types.knownCount > (isHeadedType(table, one) ? 1 : Math.max(2, types.filledCount * 0.3)) &&
      hasRowsOfType(types, 'student') &&
      hasRowsOfType(types, 'faculty')
    );
  });
  return column ?? null;
}

/** The kind of a row's person, from a column of roles; otherwise a student. */
function typeOfPerson(row: Line, columns: readonly string[], typeColumn: number): SheetType {
  for (const [column, heading] of columns.entries()) {
    if (column === typeColumn || !isRoleAttribute(heading)) continue;
    const type = typeOfWord(cellText(row.cells[column]), 'people');
    if (type !== null && type !== 'person' && isPerson(type)) return type;
  }
  return 'student';
}

/** The column with the most academic titles as one of types: people with a title are faculty, the others students. */
function findTypesByTitle({ columns, rows }: Pick<Table, 'columns' | 'rows'>): RowTypes | null {
  const isTitled = (row: Line, column: number): boolean => hasAcademicTitle(cellText(row.cells[column]));
  const firstRows = rows.slice(0, wordRows);
  const titleCounts = columns.map((_, one) => firstRows.filter((row) => isTitled(row, one)).length);
  const most = Math.max(0, ...titleCounts);
  const column = titleCounts.indexOf(most);
  if (most === 0) return null;
  const titled = rows.filter((row) => isTitled(row, column)).length;
  const counts: [SheetType, number][] = [
    ['student', rows.length - titled],
    ['faculty', titled],
  ];
  return {
    column,
    typeOf: (row) => (isTitled(row, column) ? 'faculty' : 'student'),
    chosenOf: () => undefined,
    counts,
  };
}

/** The people with an academic title, if a table has fewer of them than of others. */
export function titledPeople(table: Pick<Table, 'columns' | 'rows'>): SheetView['titled'] {
  const found = findTypesByTitle(table);
  const count = found?.counts[1]?.[1] ?? 0;
  if (!found || count > table.rows.length / 2) return null;
  const row = table.rows.find((one) => found.typeOf(one) === 'faculty');
  return { count, example: cellText(row?.cells[found.column]).slice(0, 60) };
}

/** The name of a file and its sheet, from which a type is guessed; default names of sheets are left out. */
export function typeHintOf(file: string, sheet: string): string {
  const sheetName = /^(sheet|tabelle|table|blatt)\s*\d*$/i.test(sheet.trim()) ? '' : sheet;
  return `${sheetName} ${file.replace(/\.[^.]*$/, '')}`;
}
