import { isFault } from '#shared/contract/faults.ts';
import type { SheetNotice } from '#shared/contract/sheets.ts';
import { armed } from '../../interchange/columns.ts';
import { refusal } from '../../files/refusal.ts';
import { longestCell, mostColumns, mostRows } from './limits.ts';
import { cutTo } from '../../interchange/headings.ts';
import type { Line, RawSheet } from './table.ts';

export type Delimiter = ',' | ';' | '\t' | '|';
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * The sign between the cells: the one that parts the first lines into the same number of cells, the most of them. A single column
 * has none; a comma is taken then.
 */
export function findDelimiter(text: string): Delimiter {
  const head = text.slice(0, 64 * 1024);
  let best: Delimiter = ',';
  let bestScore = 0;
  let wide: Error | undefined;
  for (const delimiter of delimiters) {
    try {
      const score = scoreOf(head, delimiter, text.length > head.length);
      if (score > bestScore) [best, bestScore] = [delimiter, score];
    } catch (error) {
      // A sign that stands in every sentence may still not be the one between the cells.
      if (!isFault(error)) throw error;
      wide ??= error;
    }
  }
  if (bestScore === 0 && wide !== undefined) throw wide;
  return best;
}

/** How well a sign parts the first lines: the cells of a line, less where lines differ; 0 for a single column. Throws BAD_FILE. */
function scoreOf(head: string, delimiter: Delimiter, isCut: boolean): number {
  const widths: number[] = [];
  const lines = scan(head, delimiter);
  while (widths.length < 20) {
    const next = lines.next();
    if (next.done) break;
    if (next.value.cells.some((cell) => cell.trim() !== '')) widths.push(next.value.cells.length);
  }
  // The last line of a long text may have been cut.
  if (isCut && widths.length > 1 && widths.length < 20) widths.pop();
  const width = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  const same = widths.filter((one) => one === width).length / Math.max(1, widths.length);
  return width < 2 ? 0 : width * same * same;
}

interface Scanned {
  line: number;
  cells: string[];
  /** A quote was opened and never closed. */
  open: boolean;
  /** How far the text has been read. */
  at: number;
}

/**
 * Parts a text into lines and cells (RFC 4180, with any line ending). A quote inside a bare cell stands for itself, and so does
 * what follows a closing one. `line` is the number of the line on which a row begins: a quoted cell may take several.
 */
function* scan(text: string, delimiter: Delimiter): Generator<Scanned, void, void> {
  const stop = new RegExp(`[${delimiter === '|' ? '\\|' : delimiter}\\r\\n]`, 'g');
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row: Scanned = { line, cells: [], open: false, at: 0 };
    for (;;) {
      let cell = '';
      if (text.charCodeAt(at) === 34) {
        const quoted = readQuoted(text, at + 1);
        cell = quoted.cell;
        at = quoted.at;
        line += quoted.lines;
        row.open ||= quoted.open;
      }
      stop.lastIndex = at;
      const end = stop.exec(text)?.index ?? text.length;
      cell += text.slice(at, end);
      row.cells.push(cell);
      at = end + 1;
      if (row.cells.length > mostColumns) throw tooWide(row.line);
      if (text[end] !== delimiter) {
        if (text[end] === '\r' && text[at] === '\n') at += 1;
        break;
      }
    }
    line += 1;
    row.at = at;
    yield row;
  }
}

/** A quote within is written twice. Neither the quotes nor the line breaks of a cell are ever held one by one: there may be millions. */
function readQuoted(text: string, from: number): { cell: string; at: number; lines: number; open: boolean } {
  let end = text.indexOf('"', from);
  while (end >= 0 && text.charCodeAt(end + 1) === 34) end = text.indexOf('"', end + 2);
  const open = end < 0;
  const cell = text.slice(from, open ? text.length : end).replaceAll('""', '"');
  return { cell, at: open ? text.length : end + 1, lines: countBreaks(cell), open };
}

/** Line breaks of any kind; CR LF is one. */
function countBreaks(text: string): number {
  const breaks = /\r\n?|\n/g;
  let count = 0;
  while (breaks.test(text)) count += 1;
  return count;
}

const tooWide = (line: number) =>
  refusal(
    'too_many_columns',
    `Line ${line} has more than ${mostColumns} columns; a table of people's records has fewer.`,
    {
      line,
    },
  );

/**
 * Reads delimited text. Yields how far it is, often. Throws BAD_FILE with reason too_many_rows or too_many_columns.
 */
export function* readCsv(text: string, delimiter: Delimiter): Generator<number, RawSheet, void> {
  const lines: Line[] = [];
  const notices: SheetNotice[] = [];
  const widths: number[] = [];
  for (const { line, cells, open, at } of scan(text, delimiter)) {
    if (open) notices.push({ code: 'open_quote', line, count: 1 });
    const width = cells.length;
    while (cells.length > 0 && cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length > 0) {
      if (lines.length >= mostRows) throw tooLong();
      lines.push({
        line,
        cells: cells.map((cell) => (cell === '' ? null : armed(cutTo(cell, longestCell)))),
      });
      widths.push(width);
    }
    yield at;
  }
  return { lines, notices: [...notices, ...raggedness(lines, widths)], decimalComma: delimiter === ';' };
}

export const tooLong = () =>
  refusal(
    'too_many_rows',
    `The table has more than ${mostRows - 1} rows. Split it and import the parts one after the other.`,
  );

/** Rows that have more or fewer cells than most lines: a sign between cells that was meant as text, or a cut line. */
function raggedness(lines: readonly Line[], widths: readonly number[]): SheetNotice[] {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usual = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const told = (code: 'long_rows' | 'short_rows', odd: (width: number) => boolean): SheetNotice[] => {
    const found = lines.filter((_, index) => odd(widths[index] ?? usual));
    // A title above the headings is shorter than all that follows, and nothing is amiss.
    const rows = code === 'short_rows' && found[0] === lines[0] ? found.slice(1) : found;
    return rows[0] ? [{ code, line: rows[0].line, count: rows.length }] : [];
  };
  return [...told('long_rows', (width) => width > usual), ...told('short_rows', (width) => width < usual)];
}
