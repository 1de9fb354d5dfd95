import { plainHeading } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import type { Mapping } from './choices.ts';
import type { ProblemCode } from './row-problems.ts';
import { cellText, isBlank } from './cell.ts';
import type { Line } from './cell.ts';

/** A row that is no record: a total, or a section's heading or footer. If `isCertain`, it is skipped by default. */
export interface OddRow {
  code: Extract<ProblemCode, 'total_row' | 'section_row'>;
  column: number;
  value: string;
  isCertain: boolean;
}

const totals = '(?:grand |sub)?totals?|sum|summe|(?:zwischen|gesamt)summe|gesamt|insgesamt';
const startsAsTotal = new RegExp(`^(?:${totals})s?\\b:?`, 'i');
const totalOnly = new RegExp(`^(?:${totals})\\s*:?$`, 'i');

/** Words of footers and notes; longer texts are no names either. */
const footerPattern =
  /\b(?:updated|modified|source|generated|exported|created by|as of|page \d|stand:?|quelle|erstellt|aktualisiert|hinweis|anmerkung|note|notes|legend|legende|confidential|vertraulich)\b|[©*]|https?:/i;
const maxNameLength = 60;

const filledColumns = ({ cells }: Line): number[] =>
  cells.flatMap((cell, column) => (isBlank(cell) ? [] : [column]));

/** Returns a function that recognizes rows that are no records, by their content and the other rows. */
export function oddRowFinder(rows: readonly Line[], mapping: Mapping): (row: Line) => OddRow | null {
  const { fields, namePartColumns: nameParts } = mapping;
  const nameColumn = fields.find(({ field }) => ['name', 'from'].includes(field.key))?.column ?? nameParts[0];
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
  return (row) => {
    const name = cellText(row.cells[nameColumn]);
    if (startsAsTotal.test(name))
      return { code: 'total_row', column: nameColumn, value: name, isCertain: totalOnly.test(name) };
    const filled = filledColumns(row);
    const [firstColumn = nameColumn] = filled;
    // A row with all cells filled can be a university called Total.
    if (filled.length < usualWidth && totalOnly.test(cellText(row.cells[firstColumn])))
      return {
        code: 'total_row',
        column: firstColumn,
        value: cellText(row.cells[firstColumn]),
        isCertain: true,
      };
    const [column, ...otherColumns] = areMostlyFull ? filled : [];
    if (column === undefined || otherColumns.length > 0) return null;
    const value = cellText(row.cells[column]);
    if (column !== nameColumn) return { code: 'section_row', column, value, isCertain: true };
    const isCertain = isCertainSection(value);
    return /\p{L}/u.test(value) && (isCertain || isWide)
      ? { code: 'section_row', column, value, isCertain }
      : null;
  };
}

const isTypeWord = (value: string): boolean =>
  Object.values(typeWords).some((words) => words.includes(plainHeading(value)));
