import { isPerson } from '#shared/domain/person-name.ts';
import { typeOfName } from '../../name-types.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { typeWords } from '../../../model/interchange/type-words.ts';
import type { Mapping } from '../choices.ts';
import type { ProblemCode } from './row-problems.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import { ColumnValues, looksLikePerson } from '../columns/column-values.ts';
import { isKnownHeading, plainColumn } from '../columns/heading-match.ts';
import { isNoteText } from '../columns/note-texts.ts';
import { numbersRows } from '../columns/running-numbers.ts';
import type { Table } from '../read/table.ts';
import { totalFinder } from './total-rows.ts';

/** A row that is no record of its table: a total, a section's heading or footer, or an organisation among people. If `isCertain`, it is skipped by default. */
export interface OddRow {
  code: Extract<ProblemCode, 'total_row' | 'section_row' | 'organisation_row'>;
  column: number;
  value: string;
  isCertain: boolean;
}

/** A row of units below the headings: "(%)", "[months]", "h/week". */
const unitText =
  /^[([]?(?:%|‰|percent|prozent|pct|months?|monate?|mois|meses|years?|jahre?|terms?|semester|weeks?|wochen?|days?|tage?|hours?|stunden|h|kg|g|eur|€|usd|\$|h\/(?:week|woche)|yyyy-mm-dd|dd\.mm\.yyyy|tt\.mm\.jjjj|text|string|number|integer|date|datum|-|–)[)\]]?$/i;

/** Words of footers and notes; longer texts are no names either. */
const footerPattern =
  /\b(?:updated|modified|source|generated|exported|created by|as of|page \d|stand:?|quelle|erstellt|aktualisiert|hinweis|anmerkung|printed|fuente|fonte|bron:|bijgewerkt|aggiornato|actualizado|uppdaterad|mis à jour|note|notes|legend|legende|confidential|vertraulich)\b|[©*]|https?:/i;
const maxNameLength = 60;
/** "Falk, Ida": a table of such names has people only. */
const personName = /^\p{Lu}[\p{L}'’.-]*(?: \p{L}[\p{L}'’.-]*)*, \p{L}/u;

/** Kinds of values that no heading is. */
const valueKinds = ['day', 'number', 'email', 'code'] as const;
const comparedRows = 20;
/** With more rows that have only a name, such rows are usual. */
const mostBareRows = 3;
const mostBareShare = 1 / 3;

/** Whether the first row is a second line of headings, as under technical ids: words where all other rows have days, numbers or e-mails. */
function isSecondHeading([first, ...others]: readonly Line[]): boolean {
  if (!first || others.length < 2) return false;
  const valuesIn = (rows: readonly Line[], column: number) =>
    new ColumnValues(rows.flatMap(({ cells }) => (isBlank(cells[column]) ? [] : [cells[column] as Cell])));
  let words = 0;
  for (const column of filledColumns(first)) {
    const below = valuesIn(others.slice(0, comparedRows), column);
    if (below.count < 2 || valueKinds.every((kind) => below.share(kind) < 0.9)) continue;
    const cell = valuesIn([first], column);
    if (cell.share('letters') < 1 || valueKinds.some((kind) => cell.share(kind) === 1)) return false;
    words += 1;
  }
  return words >= 3 && filledColumns(first).some((column) => isHeadingText(first.cells[column]));
}

const isHeadingText = (cell: Cell | undefined): boolean => isKnownHeading(plainColumn(cellText(cell)));

const filledColumns = ({ cells }: Line): number[] =>
  cells.flatMap((cell, column) => (isBlank(cell) ? [] : [column]));

/** Returns a function that recognizes rows that are no records, by their content, the headings and the other rows. */
export function oddRowFinder(
  table: Pick<Table, 'rows' | 'columns' | 'headerLine'>,
  mapping: Mapping,
): (row: Line) => OddRow | null {
  const { rows, columns } = table;
  const { fields, namePartColumns: nameParts } = mapping;
  const wholeName = fields.find(({ field }) => ['name', 'from'].includes(field.key))?.column;
  const nameColumns = wholeName === undefined ? nameParts : [wholeName];
  const [nameColumn] = nameColumns;
  if (nameColumn === undefined) return () => null;
  const multiCellRows = rows.filter((row) => filledColumns(row).length > 1);
  // If rows with one cell are common, they are records.
  const areMostlyFull = multiCellRows.length > 0 && multiCellRows.length >= rows.length / 2;
  // In a row with two cells, one of the values can be unknown.
  const isWide =
    multiCellRows.filter((row) => filledColumns(row).length > 2).length > multiCellRows.length / 2;
  const names = multiCellRows.map(({ cells }) => cellText(cells[nameColumn])).filter((name) => name !== '');
  const words = names.map((name) => name.split(/\s+/).length);
  const areNamesMultiWord = words.filter((count) => count > 1).length > words.length * 0.8;
  const isCertainSection = (value: string): boolean => {
    const isUpperCase = value === value.toUpperCase() && /\p{L}{4}/u.test(value);
    if (isUpperCase) return names.every((name) => name !== name.toUpperCase());
    return (
      value.endsWith(':') ||
      value.length > maxNameLength ||
      footerPattern.test(value) ||
      isTypeWord(value) ||
      (areNamesMultiWord && !/\s/.test(value))
    );
  };
  const sortedWidths = multiCellRows.map((row) => filledColumns(row).length).toSorted((a, b) => a - b);
  const usualWidth = sortedWidths[Math.floor(sortedWidths.length / 2)] ?? 0;
  const secondHeading = isSecondHeading(rows) ? rows[0] : undefined;
  const headings = columns.map(plainHeading);
  let knownValues: ReadonlySet<string> | undefined;
  const isValue = (text: string): boolean => {
    knownValues ??= new Set(
      multiCellRows.flatMap(({ cells }) => cells.map((cell) => plainHeading(cellText(cell)))),
    );
    return knownValues.has(text);
  };
  const findTotal = totalFinder({ rows, mapping, nameColumns, usualWidth, areMostlyFull, isValue });
  const counterColumns = new Set([...columns.keys()].filter((column) => numbersRows(table, column)));
  const contentColumns = ({ cells }: Line): number[] =>
    filledColumns({ line: 0, cells }).filter(
      (column) => !nameColumns.includes(column) && !counterColumns.has(column),
    );
  const bareCount = rows.filter((row) => contentColumns(row).length === 0).length;
  const hasNotes =
    isPerson(mapping.type) &&
    bareCount < rows.length / 2 &&
    bareCount <= Math.max(mostBareRows, (rows.length - bareCount) * mostBareShare);
  /** Whether a row has nothing but a text, next to its number, that names nobody. */
  const isNote = (row: Line): boolean => {
    if (!hasNotes || contentColumns(row).length > 0) return false;
    const [text, ...more] = nameColumns.map((column) => cellText(row.cells[column])).filter(Boolean);
    return text !== undefined && more.length === 0 && isNoteText(text, names);
  };
  const peopleShare = names.filter((name) => personName.test(name)).length / Math.max(1, names.length - 1);
  return (row) => {
    const name = cellText(row.cells[nameColumn]);
    const filled = filledColumns(row);
    const isShort = filled.length < usualWidth;
    const odd = (code: OddRow['code'], column: number, isCertain: boolean): OddRow => ({
      code,
      column,
      value: cellText(row.cells[column]),
      isCertain,
    });
    if (row === secondHeading) return odd('section_row', filled[0] ?? nameColumn, true);
    if (
      filled.length > 1 &&
      filled.every((column) => plainHeading(cellText(row.cells[column])) === headings[column])
    )
      return odd('section_row', filled[0] ?? nameColumn, true);
    if (filled.length > 1 && filled.every((column) => unitText.test(cellText(row.cells[column]))))
      return odd('section_row', filled[0] ?? nameColumn, true);
    const [total, isNoteRow] = [findTotal(row, filled), isNote(row)];
    if (total) return odd('total_row', total.column, total.isCertain || isNoteRow);
    if (isNoteRow)
      return odd('section_row', nameColumns.find((column) => filled.includes(column)) ?? nameColumn, true);
    // "Celkem osob · 19" and "총원 · 14명": no person has a name without a letter, or of a number and its unit.
    if (isPerson(mapping.type) && wholeName !== undefined && /^[^\p{L}]+$|^\d+\s*\p{L}{1,3}\.?$/u.test(name))
      return odd('total_row', nameColumn, isShort && filled.length <= 2);
    // "Points Possible" above the scores of students: no person, and nothing but numbers and remarks in brackets.
    if (
      peopleShare > 0.7 &&
      !personName.test(name) &&
      !looksLikePerson(name) &&
      filled.length > 1 &&
      filled.every((column) => column === nameColumn || !/^[^(]*\p{L}/u.test(cellText(row.cells[column]))) &&
      isShort
    )
      return odd('section_row', nameColumn, true);
    if (isPerson(mapping.type) && isOrganisation(name)) return odd('organisation_row', nameColumn, false);
    const [column, ...otherColumns] = areMostlyFull ? filled : [];
    if (column === undefined || otherColumns.length > 0) return null;
    const value = cellText(row.cells[column]);
    if (!nameColumns.includes(column)) return { code: 'section_row', column, value, isCertain: true };
    const isCertain = isCertainSection(value);
    return /\p{L}/u.test(value) && (isCertain || isWide)
      ? { code: 'section_row', column, value, isCertain }
      : null;
  };
}

/** Names in capitals can end like a legal form: "LEE SE". */
const isOrganisation = (name: string): boolean =>
  name !== name.toUpperCase() && typeOfName(name) === 'organisation';

const isTypeWord = (value: string): boolean =>
  Object.values(typeWords).some((words) => words.includes(plainHeading(value)));
