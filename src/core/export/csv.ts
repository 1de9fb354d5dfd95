import type { CellSign } from '#shared/contract/export-list.ts';
import { withoutFormulaQuote } from '../model/interchange/columns.ts';
import { wallText } from './cells.ts';
import type { Cell } from './cells.ts';

/** Makes Excel read the file as UTF-8. */
const byteOrderMark = '\uFEFF';

/** A number with a decimal comma is quoted. */
function figure(value: number, sign: CellSign): string {
  const text = String(value);
  return sign === ';' && /^-?\d+\.\d+$/.test(text) ? `"${text.replace('.', ',')}"` : text;
}

function fieldText(cell: Cell, sign: CellSign): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return figure(cell, sign);
  if (typeof cell === 'object') return 'day' in cell ? cell.day : wallText(cell.wall);
  const text = withoutFormulaQuote(cell);
  // Outer spaces belong to the value; some readers strip them unless quoted.
  const quoted = sign === ';' ? /[",;\r\n]|^\s|\s$/ : /[",\r\n]|^\s|\s$/;
  return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Custom fields. Their numbers stay unformatted, since readers do not know the column's type. */
export type OwnColumns = ReadonlySet<number>;
const noOwn: OwnColumns = new Set();

/** One line of a CSV file (RFC 4180) with its line end. A line of one empty cell is quoted, or it would be skipped. */
export function csvLine(cells: readonly Cell[], sign: CellSign = ',', own = noOwn): string {
  const line = cells
    .map((cell, column) =>
      own.has(column) && typeof cell === 'number' ? String(cell) : fieldText(cell, sign),
    )
    .join(sign);
  return `${line === '' ? '""' : line}\r\n`;
}

/** A CSV file in pieces: the labels, then each batch of rows. */
export function* csvPieces(
  labels: readonly string[],
  batches: Iterable<readonly Cell[][]>,
  sign: CellSign = ',',
  own = noOwn,
): Generator<string, void, void> {
  yield byteOrderMark + csvLine(labels, sign);
  for (const rows of batches) yield rows.map((cells) => csvLine(cells, sign, own)).join('');
}
