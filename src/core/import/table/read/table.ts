import type { SheetLayout } from '#shared/contract/sheets.ts';
import type { ImportNotice } from '#shared/contract/import-report.ts';
import { columnLetters, headingText } from '../../../model/interchange/headings.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import { findHeader, isWord } from './find-header.ts';
import { Notices } from '../../notices.ts';

/** Merged cells, from one line and column to another. */
export interface Merge {
  line: number;
  lastLine: number;
  column: number;
  lastColumn: number;
}

/** A sheet without empty lines. */
export interface RawSheet {
  lines: Line[];
  merges: Merge[];
  notices: ImportNotice[];
  decimalComma: boolean;
}

/** A sheet as a table: headings and rows. */
export interface Table {
  columns: string[];
  rows: Line[];
  headerLine: number;
  notices: ImportNotice[];
  decimalComma: boolean;
  /** See the layout's `type_column`. */
  typeColumn?: number | undefined;
  /** See the layout's `word_types`. */
  wordTypes?: SheetLayout['word_types'];
}

/**
 * Makes a table of a sheet. `header` is the line of headings, 0 for none, null to detect it. Empty cells of the columns `fillDown` get the
 * value above them.
 */
export function toTable(sheet: RawSheet, header: number | null, fillDown: readonly number[] = []): Table {
  const headerLine = header ?? findHeader(sheet.lines);
  const index = headerLine === 0 ? -1 : sheet.lines.findIndex(({ line }) => line === headerLine);
  const headerRow = sheet.lines[index];
  const joinedHead = headerRow ? joinHeadings(sheet, index) : null;
  const head = joinedHead ?? headerRow?.cells;
  const lastHeaderLine = joinedHead ? (sheet.lines[index + 1] as Line).line : headerLine;
  const lines = sheet.lines.filter(({ line }) => line > lastHeaderLine);
  const rows = fillColumns(fillMerged(lines, sheet.merges), fillDown);
  // Not Math.max(...): a call takes a limited number of arguments.
  const width = rows.reduce((max, { cells }) => Math.max(max, cells.length), head?.length ?? 0);
  const notices = new Notices();
  notices.addAll(sheet.notices);
  if (!headerRow && rows.length > 0) notices.add('no_headings', { count: rows.length });
  const wideRows = head ? rows.filter(({ cells }) => cells.length > head.length) : [];
  if (wideRows[0] && !sheet.notices.some(({ code }) => code === 'long_rows'))
    notices.add('cells_without_heading', { count: wideRows.length, where: { line: wideRows[0].line } });
  if (joinedHead) notices.add('headings_joined', { where: { line: headerLine } });
  return {
    columns: nameColumns(head ?? [], width),
    rows,
    headerLine: headerRow ? headerLine : 0,
    notices: notices.list(),
    decimalComma: sheet.decimalComma,
  };
}

/**
 * Rows with merged values repeated. Of overlapping merges, which no program writes, only the first counts: otherwise a small file could
 * fill the same rows endlessly.
 */
function fillMerged(rows: Line[], merges: readonly Merge[]): Line[] {
  const filledRows = [...rows];
  const lastFilled = new Map<number, number>();
  for (const { line, lastLine, column } of merges.toSorted((a, b) => a.line - b.line)) {
    if (line <= (lastFilled.get(column) ?? 0)) continue;
    const start = firstIndexFrom(rows, line);
    const cell = rows[start]?.line === line ? (rows[start]?.cells[column] ?? null) : null;
    if (isBlank(cell)) continue;
    lastFilled.set(column, lastLine);
    for (let rowIndex = start + 1; (rows[rowIndex]?.line ?? Infinity) <= lastLine; rowIndex += 1) {
      const row = filledRows[rowIndex] as Line;
      const cells = row === rows[rowIndex] ? [...row.cells] : row.cells;
      while (cells.length <= column) cells.push(null);
      cells[column] = cell;
      filledRows[rowIndex] = { line: row.line, cells };
    }
  }
  return filledRows;
}

/** Rows with the value above in the empty cells of some columns. */
function fillColumns(rows: Line[], columns: readonly number[]): Line[] {
  if (columns.length === 0) return rows;
  const above = new Map<number, Cell>();
  return rows.map(({ line, cells }) => {
    const filled = [...cells];
    for (const column of columns) {
      while (filled.length <= column) filled.push(null);
      if (isBlank(filled[column])) filled[column] = above.get(column) ?? null;
      else above.set(column, filled[column] as Cell);
    }
    return { line, cells: filled };
  });
}

function firstIndexFrom(rows: readonly Line[], line: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as Line).line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

const comparedRows = 20;

/**
 * Joined headings if a second line divides those of the first ("Contact" over "Email" and "Phone"); else null. The second line is filled
 * only below merged headings, and blank where every row has a value.
 */
function joinHeadings({ lines, merges }: RawSheet, index: number): Cell[] | null {
  const [head, secondLine, ...linesBelow] = lines.slice(index, index + 2 + comparedRows);
  if (!head || !secondLine || linesBelow.length === 0) return null;
  const subheadingColumns = secondLine.cells.flatMap((cell, column) => (isBlank(cell) ? [] : [column]));
  const wideMerges = merges.filter(
    ({ line, column, lastColumn }) => line === head.line && lastColumn > column,
  );
  const groupOf = (column: number): number | null => {
    const merge = wideMerges.find((one) => one.column <= column && column <= one.lastColumn);
    if (merge) return merge.column;
    const isWide =
      isBlank(head.cells[column]) ||
      (isBlank(head.cells[column + 1]) && subheadingColumns.includes(column + 1));
    if (!isWide) return null;
    for (let headColumn = column; headColumn >= 0; headColumn -= 1)
      if (!isBlank(head.cells[headColumn])) return headColumn;
    return null;
  };
  const groups = new Map(subheadingColumns.map((column) => [column, groupOf(column)]));
  const isHeading =
    subheadingColumns.length > 0 &&
    subheadingColumns.every((column) => isWord(secondLine.cells[column]) && groups.get(column) !== null);
  const plainColumns = head.cells.flatMap((cell, column) =>
    isBlank(cell) || subheadingColumns.includes(column) ? [] : [column],
  );
  const hasFilledColumn = plainColumns.some((column) =>
    linesBelow.every(({ cells }) => !isBlank(cells[column])),
  );
  if (!isHeading || !(hasFilledColumn || (plainColumns.length === 0 && wideMerges.length > 0))) return null;
  const width = Math.max(head.cells.length, secondLine.cells.length);
  return Array.from({ length: width }, (_, column) => {
    const group = groups.get(column);
    if (group === undefined || group === null) return head.cells[column] ?? null;
    return `${cellText(head.cells[group])} ${cellText(secondLine.cells[column])}`;
  });
}

/** A unique name for each column: its heading or letter. */
const nameColumns = (head: readonly Cell[], width: number): string[] =>
  numberRepeated(
    Array.from({ length: width }, (_, index) => headingText(cellText(head[index])) || columnLetters(index)),
  );

/** The names with a number where they are repeated: "Name", "Name (2)". */
export function numberRepeated(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 || name === '' ? name : `${name} (${count})`;
  });
}
