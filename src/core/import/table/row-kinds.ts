import { plainHeading } from '../../model/interchange/headings.ts';
import { typeWords } from '../../model/interchange/type-words.ts';
import type { Mapping } from './choices.ts';
import type { ProblemCode } from './row-problems.ts';
import { cellText, isBlank } from './table.ts';
import type { Line } from './table.ts';

/** A row that is no record: a total, or a section's heading or footer. `sure`: skipped by default. */
export interface OddRow {
  code: Extract<ProblemCode, 'total_row' | 'section_row'>;
  column: number;
  value: string;
  sure: boolean;
}

const totals = '(?:grand |sub)?totals?|sum|summe|(?:zwischen|gesamt)summe|gesamt|insgesamt';
const total = new RegExp(`^(?:${totals})s?\\b:?`, 'i');
const onlyTotal = new RegExp(`^(?:${totals})\\s*:?$`, 'i');

/** Words of footers and notes; longer texts are no names either. */
const footer =
  /\b(?:updated|modified|source|generated|exported|created by|as of|page \d|stand:?|quelle|erstellt|aktualisiert|hinweis|anmerkung|note|notes|legend|legende|confidential|vertraulich)\b|[©*]|https?:/i;
const longestName = 60;

const filledIn = ({ cells }: Line): number[] =>
  cells.flatMap((cell, column) => (isBlank(cell) ? [] : [column]));

/** Recognizes rows that are no records, by their content and the rows around them. */
export function oddRows(rows: readonly Line[], mapping: Mapping): (row: Line) => OddRow | null {
  const { fields, nameParts } = mapping;
  const named = fields.find(({ field }) => ['name', 'from'].includes(field.key))?.column ?? nameParts[0];
  if (named === undefined) return () => null;
  const several = rows.filter((row) => filledIn(row).length > 1);
  // If rows with one cell are common, they are records.
  const areMostlyFull = several.length > 0 && several.length >= rows.length / 2;
  // With two cells, one of them may be unknown.
  const isWide = several.filter((row) => filledIn(row).length > 2).length > several.length / 2;
  const names = several.map(({ cells }) => cellText(cells[named])).filter((name) => name !== '');
  const words = names.map((name) => name.split(/\s+/).length);
  const haveWords = words.filter((count) => count > 1).length > words.length * 0.8;
  const isSure = (value: string): boolean =>
    value === value.toUpperCase() && /\p{L}{4}/u.test(value)
      ? names.every((name) => name !== name.toUpperCase())
      : value.endsWith(':') ||
        value.length > longestName ||
        footer.test(value) ||
        isTypeWord(value) ||
        (haveWords && !/\s/.test(value));
  const usual =
    several.map((row) => filledIn(row).length).toSorted((a, b) => a - b)[several.length >> 1] ?? 0;
  return (row) => {
    const name = cellText(row.cells[named]);
    if (total.test(name))
      return { code: 'total_row', column: named, value: name, sure: onlyTotal.test(name) };
    const filled = filledIn(row);
    const [start = named] = filled;
    // A full row may be a university called Total.
    if (filled.length < usual && onlyTotal.test(cellText(row.cells[start])))
      return { code: 'total_row', column: start, value: cellText(row.cells[start]), sure: true };
    const [column, ...more] = areMostlyFull ? filled : [];
    if (column === undefined || more.length > 0) return null;
    const value = cellText(row.cells[column]);
    if (column !== named) return { code: 'section_row', column, value, sure: true };
    const sure = isSure(value);
    return /\p{L}/u.test(value) && (sure || isWide) ? { code: 'section_row', column, value, sure } : null;
  };
}

const isTypeWord = (value: string): boolean =>
  Object.values(typeWords).some((known) => known.includes(plainHeading(value)));
