import Papa from 'papaparse';
import { maxSheetColumns, fileRefusal } from '../../../kernel/files/refusal.ts';
import { unquoteFormula } from '../../../model/interchange/columns.ts';
import { cutTo, plainHeading } from '../../../model/interchange/headings.ts';
import { Notices } from '../../notices.ts';
import { maxCellLength, maxRows } from './limits.ts';
import type { Line } from '../cell.ts';
import type { RawSheet } from './table.ts';

const delimiters = [',', ';', '\t', '|'];

/** How a text is split into cells. */
export interface CsvDialect {
  delimiter: string;
  /** Number of lines before the table: spreadsheet programs can write `sep=;` first. */
  linesBefore: number;
  /** Whether rows begin with a cell that has no heading, as R writes them: a row number or a name. */
  rowNames: 'none' | 'numbers' | 'names';
}

/** Reads cells in typographic quotation marks as quoted if one of them has the delimiter in it: “Falk, Ida”. */
function withPlainQuotes(text: string, delimiter: string, notices: Notices): string {
  if (!/[“„]/.test(text)) return text;
  const sign = `\\u{${delimiter.codePointAt(0)?.toString(16) ?? ''}}`;
  const quoted = new RegExp(`(?<=^|\\n|${sign})[“„]([^“”„"\\n]*)[”“](?=${sign}|\\n|$)`, 'gu');
  const divided = [...text.matchAll(quoted)].find(([, inner = '']) => inner.includes(delimiter));
  if (!divided) return text;
  notices.add('typographic_quotes', { params: { example: divided[1] ?? '' } });
  return text.replaceAll(quoted, '"$1"');
}

const sampleRows = 20;

/**
 * The delimiter: that of the first line (`sep=;`), else the one that splits the first lines into the most cells, equally many in each.
 * Spaces only if no other delimiter splits the lines; a comma for a single column.
 */
export function findDelimiter(text: string): CsvDialect {
  const head = text.slice(0, 64 * 1024).replaceAll(/\r\n?/g, '\n');
  const sepDelimiter = /^"?sep=(.)"?[^\S\n\t]*(?:\n|$)/i.exec(head)?.[1];
  if (sepDelimiter !== undefined) return { delimiter: sepDelimiter, linesBefore: 1, rowNames: 'none' };
  const scores = [...delimiters, ' '].map((delimiter) => {
    const { data } = Papa.parse<string[]>(head, { delimiter, preview: sampleRows, skipEmptyLines: 'greedy' });
    const rowNames = findRowNames(data);
    const widths = data
      .map((row, index) => row.length + Number(index === 0 && rowNames !== 'none'))
      .toSorted((a, b) => a - b);
    const width = widths[Math.floor(widths.length / 2)] ?? 0;
    const equalShare = widths.filter((one) => one === width).length / Math.max(1, widths.length);
    const isCandidate =
      delimiter === ' ' ? equalShare === 1 && isSpaceDelimited(head, data, rowNames) : width > 1;
    // Prefers headings for every cell.
    const score = isCandidate ? width * equalShare * equalShare - (rowNames === 'none' ? 0 : 0.5) : 0;
    return { delimiter, rowNames, score };
  });
  const [spaceScore] = scores.splice(-1);
  const best = scores.reduce((leader, candidate) => (candidate.score > leader.score ? candidate : leader));
  const chosen = best.score === 0 ? spaceScore : best;
  if (!chosen || chosen.score === 0) return { delimiter: ',', linesBefore: 0, rowNames: 'none' };
  return { delimiter: chosen.delimiter, linesBefore: 0, rowNames: chosen.rowNames };
}

/** The kind of row names, if each row has one cell more than there are headings and the last cells are not all empty. */
function findRowNames([head = [], ...rows]: readonly (readonly string[])[]): CsvDialect['rowNames'] {
  const width = head.length + 1;
  if (rows.length === 0 || !rows.every((row) => row.length === width)) return 'none';
  if (rows.every((row) => row.at(-1) === '')) return 'none';
  if (rows.every(([first], index) => first === String(index + 1))) return 'numbers';
  return head.length > 1 ? 'names' : 'none';
}

/** Whether spaces delimit: no cell is empty, and texts are quoted or rows numbered. */
function isSpaceDelimited(
  head: string,
  data: readonly (readonly string[])[],
  rowNames: CsvDialect['rowNames'],
): boolean {
  if ((data[1]?.length ?? 0) < 2 || data.some((row) => row.includes(''))) return false;
  const lines = head.split('\n').slice(0, data.length);
  return rowNames === 'numbers' || lines.every((line) => line.includes('"'));
}

const rowsPerStep = 500;

interface ParseStep {
  data: string[][];
  errors: readonly { code: string; row?: number }[];
  meta: { cursor: number; truncated: boolean };
}

/** Limits: rows, columns, characters of a cell. */
interface CsvLimits {
  rows: number;
  columns: number;
  cellLength: number;
}

/**
 * Reads delimited text with any line ends. A row has the number of its first line. Yields progress. Throws BAD_FILE with reason
 * too_many_rows or too_many_columns.
 */
export function* readCsv(
  rawText: string,
  { delimiter, linesBefore, rowNames }: CsvDialect,
  limits: CsvLimits = { rows: maxRows, columns: maxSheetColumns, cellLength: maxCellLength },
): Generator<number, RawSheet, void> {
  const notices = new Notices();
  const text = withPlainQuotes(rawText.replaceAll(/\r\n?/g, '\n'), delimiter, notices);
  const lines: Line[] = [];
  const widths: number[] = [];
  let [offset, line] = [linesBefore === 0 ? 0 : text.indexOf('\n') + 1 || text.length, 1 + linesBefore];
  while (offset < text.length) {
    const parser = new Papa.Parser({ delimiter, newline: '\n', preview: rowsPerStep, fastMode: false });
    const { data, errors, meta } = parser.parse(text.slice(offset), 0, false) as ParseStep;
    const unclosedRow = errors.find(({ code }) => code === 'MissingQuotes' || code === 'InvalidQuotes')?.row;
    for (const [index, cells] of data.entries()) {
      if (index === unclosedRow) notices.add('open_quote', { where: { line } });
      // A line that was added below, such as a total, can lack the row number.
      if (rowNames === 'numbers' && cells.length > (widths[0] ?? Infinity)) cells.shift();
      if (rowNames === 'names' && lines.length === 0)
        cells.unshift(cells.some((cell) => plainHeading(cell) === 'name') ? '' : 'Name');
      addRow({ line, cells }, lines, widths, limits);
      line += 1 + cells.reduce((sum, cell) => sum + countLineBreaks(cell), 0);
    }
    if (!meta.truncated || meta.cursor === 0) break;
    offset += meta.cursor;
    yield offset;
  }
  reportRaggedRows(lines, widths, notices);
  return { lines, notices: notices.list(), merges: [], decimalComma: delimiter === ';' };
}

function countLineBreaks(cell: string): number {
  let count = 0;
  for (let index = cell.indexOf('\n'); index >= 0; index = cell.indexOf('\n', index + 1)) count += 1;
  return count;
}

function addRow(
  { line, cells }: { line: number; cells: string[] },
  lines: Line[],
  widths: number[],
  limits: CsvLimits,
): void {
  const width = cells.length;
  if (width > limits.columns) throw tooManyColumnsFault(line);
  while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
  if (cells.length === 0) return;
  if (lines.length >= limits.rows) throw tooManyRowsFault();
  lines.push({
    line,
    cells: cells.map((cell) => (cell === '' ? null : unquoteFormula(cutTo(cell, limits.cellLength)))),
  });
  widths.push(width);
}

export const tooManyColumnsFault = (line: number) =>
  fileRefusal('too_many_columns', { limit: maxSheetColumns }, { line });

export const tooManyRowsFault = () => fileRefusal('too_many_rows', { limit: maxRows - 1 });

/** Reports rows with more or fewer cells than most: an unquoted delimiter, or a truncated line. */
function reportRaggedRows(lines: readonly Line[], widths: readonly number[], notices: Notices): void {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usualWidth = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const report = (code: 'long_rows' | 'short_rows', isRagged: (width: number) => boolean): void => {
    const raggedRows = lines.filter((_, index) => isRagged(widths[index] ?? usualWidth));
    // A title above the headings is shorter than the other rows, which is no problem.
    const rows = code === 'short_rows' && raggedRows[0] === lines[0] ? raggedRows.slice(1) : raggedRows;
    if (rows[0]) notices.add(code, { count: rows.length, where: { line: rows[0].line } });
  };
  report('long_rows', (width) => width > usualWidth);
  report('short_rows', (width) => width < usualWidth);
}
