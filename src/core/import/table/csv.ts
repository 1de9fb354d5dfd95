import Papa from 'papaparse';
import { mostColumns, fileRefusal } from '../../kernel/files/refusal.ts';
import { withFormulaQuote } from '../../model/interchange/columns.ts';
import { cutTo, plainHeading } from '../../model/interchange/headings.ts';
import { Notices } from '../notices.ts';
import { longestCell, mostRows } from './limits.ts';
import type { Line, RawSheet } from './table.ts';

const delimiters = [',', ';', '\t', '|'];

/** How a text is split into cells. */
export interface Delimited {
  delimiter: string;
  /** Lines before the table: spreadsheet programs may write `sep=;`. */
  before: number;
  /** Rows begin with a cell without a heading, as R writes them. */
  rowNames: 'none' | 'numbers' | 'names';
}

const samples = 20;

/**
 * The delimiter: that of the first line (`sep=;`), else the one that splits the first lines into the most cells, equally many in each.
 * Spaces only if nothing else does; a comma for a single column.
 */
export function findDelimiter(text: string): Delimited {
  const head = text.slice(0, 64 * 1024).replaceAll(/\r\n?/g, '\n');
  const named = /^"?sep=(.)"?[^\S\n\t]*(?:\n|$)/i.exec(head)?.[1];
  if (named !== undefined) return { delimiter: named, before: 1, rowNames: 'none' };
  const scores = [...delimiters, ' '].map((delimiter) => {
    const { data } = Papa.parse<string[]>(head, { delimiter, preview: samples, skipEmptyLines: 'greedy' });
    const rowNames = rowNamesIn(data);
    const widths = data
      .map((row, at) => row.length + Number(at === 0 && rowNames !== 'none'))
      .toSorted((a, b) => a - b);
    const width = widths[Math.floor(widths.length / 2)] ?? 0;
    const same = widths.filter((one) => one === width).length / Math.max(1, widths.length);
    const counts = delimiter === ' ' ? same === 1 && isByBlanks(head, data, rowNames) : width > 1;
    // Prefers headings for every cell.
    const score = counts ? width * same * same - (rowNames === 'none' ? 0 : 0.5) : 0;
    return { delimiter, rowNames, score };
  });
  const [blanks] = scores.splice(-1);
  const best = scores.reduce((found, one) => (one.score > found.score ? one : found));
  const found = best.score === 0 ? blanks : best;
  if (!found || found.score === 0) return { delimiter: ',', before: 0, rowNames: 'none' };
  return { delimiter: found.delimiter, before: 0, rowNames: found.rowNames };
}

/** Whether each row has one cell more than there are headings, not an empty last one. */
function rowNamesIn([head = [], ...rows]: readonly (readonly string[])[]): Delimited['rowNames'] {
  const width = head.length + 1;
  if (rows.length === 0 || !rows.every((row) => row.length === width)) return 'none';
  if (rows.every((row) => row.at(-1) === '')) return 'none';
  if (rows.every(([first], at) => first === String(at + 1))) return 'numbers';
  return head.length > 1 ? 'names' : 'none';
}

/** Whether spaces delimit: no cell is empty, and texts are quoted or rows numbered. */
function isByBlanks(
  head: string,
  data: readonly (readonly string[])[],
  rowNames: Delimited['rowNames'],
): boolean {
  if ((data[1]?.length ?? 0) < 2 || data.some((row) => row.includes(''))) return false;
  const lines = head.split('\n').slice(0, data.length);
  return rowNames === 'numbers' || lines.every((line) => line.includes('"'));
}

const rowsAStep = 500;

interface Step {
  data: string[][];
  errors: readonly { code: string; row?: number }[];
  meta: { cursor: number; truncated: boolean };
}

/** Limits: rows, columns, characters of a cell. */
interface CsvLimits {
  rows: number;
  columns: number;
  cell: number;
}

/**
 * Reads delimited text with any line ends. A row has the number of its first line. Yields progress. Throws BAD_FILE with reason
 * too_many_rows or too_many_columns.
 */
export function* readCsv(
  given: string,
  { delimiter, before, rowNames }: Delimited,
  limits: CsvLimits = { rows: mostRows, columns: mostColumns, cell: longestCell },
): Generator<number, RawSheet, void> {
  const text = given.replaceAll(/\r\n?/g, '\n');
  const lines: Line[] = [];
  const notices = new Notices();
  const widths: number[] = [];
  let [at, line] = [before === 0 ? 0 : text.indexOf('\n') + 1 || text.length, 1 + before];
  while (at < text.length) {
    const parser = new Papa.Parser({ delimiter, newline: '\n', preview: rowsAStep, fastMode: false });
    const { data, errors, meta } = parser.parse(text.slice(at), 0, false) as Step;
    const open = errors.find(({ code }) => code === 'MissingQuotes' || code === 'InvalidQuotes')?.row;
    for (const [index, cells] of data.entries()) {
      if (index === open) notices.add('open_quote', { where: { line } });
      // Added lines, such as a total, may have no row number.
      if (rowNames === 'numbers' && cells.length > (widths[0] ?? Infinity)) cells.shift();
      if (rowNames === 'names' && lines.length === 0)
        cells.unshift(cells.some((cell) => plainHeading(cell) === 'name') ? '' : 'Name');
      addRow({ line, cells }, lines, widths, limits);
      line += 1 + cells.reduce((sum, cell) => sum + breaksIn(cell), 0);
    }
    if (!meta.truncated || meta.cursor === 0) break;
    at += meta.cursor;
    yield at;
  }
  noteRaggedness(lines, widths, notices);
  return { lines, notices: notices.list(), merges: [], decimalComma: delimiter === ';' };
}

function breaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

function addRow(
  { line, cells }: { line: number; cells: string[] },
  lines: Line[],
  widths: number[],
  limits: CsvLimits,
): void {
  const width = cells.length;
  if (width > limits.columns) throw tooWide(line);
  while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
  if (cells.length === 0) return;
  if (lines.length >= limits.rows) throw tooLong();
  lines.push({
    line,
    cells: cells.map((cell) => (cell === '' ? null : withFormulaQuote(cutTo(cell, limits.cell)))),
  });
  widths.push(width);
}

export const tooWide = (line: number) => fileRefusal('too_many_columns', { limit: mostColumns }, { line });

export const tooLong = () => fileRefusal('too_many_rows', { limit: mostRows - 1 });

/** Rows with more or fewer cells than most: an unquoted delimiter, or a truncated line. */
function noteRaggedness(lines: readonly Line[], widths: readonly number[], notices: Notices): void {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usual = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const note = (code: 'long_rows' | 'short_rows', isOdd: (width: number) => boolean): void => {
    const odd = lines.filter((_, index) => isOdd(widths[index] ?? usual));
    // A title above the headings is shorter than all rows, and no problem.
    const rows = code === 'short_rows' && odd[0] === lines[0] ? odd.slice(1) : odd;
    if (rows[0]) notices.add(code, { count: rows.length, where: { line: rows[0].line } });
  };
  note('long_rows', (width) => width > usual);
  note('short_rows', (width) => width < usual);
}
