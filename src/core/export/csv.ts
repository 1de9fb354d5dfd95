import type { CsvDelimiter } from '#shared/contract/export-list.ts';
import { quoteFormula } from '../model/interchange/columns.ts';
import { localTimeText } from './cells.ts';
import type { Cell } from './cells.ts';

/** Makes Excel read the file as UTF-8. */
const byteOrderMark = '\uFEFF';

/** With a semicolon as separator the decimal sign is a comma, and such a number is quoted. */
function numberText(value: number, separator: CsvDelimiter): string {
  const text = String(value);
  return separator === ';' && /^-?\d+\.\d+$/.test(text) ? `"${text.replace('.', ',')}"` : text;
}

function cellText(cell: Cell, separator: CsvDelimiter): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numberText(cell, separator);
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'object') return 'day' in cell ? cell.day : localTimeText(cell.wall);
  const text = quoteFormula(cell);
  // Outer spaces belong to the value; some readers strip them unless quoted.
  const quotePattern = separator === ';' ? /[",;\r\n]|^\s|\s$/ : /[",\r\n]|^\s|\s$/;
  return quotePattern.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The columns of custom fields. Their numbers keep the decimal point, because readers do not know the column's type. */
export type CustomColumns = ReadonlySet<number>;
const noCustomColumns: CustomColumns = new Set();

/** One line of a CSV file (RFC 4180) with its line end. A line of one empty cell is quoted, or it would be skipped. */
export function csvLine(
  cells: readonly Cell[],
  separator: CsvDelimiter = ',',
  customColumns = noCustomColumns,
): string {
  const line = cells
    .map((cell, column) =>
      customColumns.has(column) && typeof cell === 'number' ? String(cell) : cellText(cell, separator),
    )
    .join(separator);
  return `${line === '' ? '""' : line}\r\n`;
}

/** A CSV file in pieces: the labels, then each batch of rows. */
export function* csvPieces(
  labels: readonly string[],
  batches: Iterable<readonly Cell[][]>,
  separator: CsvDelimiter = ',',
  customColumns = noCustomColumns,
): Generator<string, void, void> {
  yield byteOrderMark + csvLine(labels, separator);
  for (const rows of batches) yield rows.map((cells) => csvLine(cells, separator, customColumns)).join('');
}
