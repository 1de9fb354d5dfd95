import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import { ColumnValues } from '../columns/column-values.ts';
import { isKnownHeading, plainColumn } from '../columns/heading-match.ts';

const comparedRows = 20;
const headerSearchLines = 10;

export const isWord = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' && !isBlank(cell) && !/^[\d\s.,%+-]+$/.test(cell);

/**
 * The line of headings: the first with about as many words as the table is wide and no number, or that begins with a known heading. A
 * line without known headings that is like the lines below is a row. 0 if there are no headings.
 */
export function findHeader(lines: readonly Line[]): number {
  const top = lines.slice(0, headerSearchLines);
  const width = Math.max(0, ...top.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length));
  for (const [index, { line, cells }] of top.entries()) {
    const filledCells = cells.filter((cell) => !isBlank(cell));
    const words = filledCells.filter(isWord).length;
    const isWide = filledCells.length >= Math.max(1, width * 0.5);
    const isForm =
      filledCells.filter((cell) => /[?？]\s*$/.test(cellText(cell))).length > filledCells.length / 2;
    if (isForm && isWide) return line;
    const isKnown = filledCells.some((cell) => isKnownHeading(plainColumn(cellText(cell))));
    const isLabelled =
      width > 1 &&
      cellText(filledCells[0]).length > 2 &&
      isKnownHeading(plainColumn(cellText(filledCells[0]))) &&
      !filledCells.some((cell) => typeof cell === 'number');
    if (isWide && (words === filledCells.length || isLabelled))
      return !isKnown && isLikeRows(cells, lines.slice(index + 1, index + 1 + comparedRows)) ? 0 : line;
    // A full line with numbers is data, so no headings follow.
    if (filledCells.length >= width * 0.8) return 0;
  }
  return 0;
}

const rowKinds = ['person', 'organisation', 'email', 'day', 'code', 'term'] as const;

/** Whether cells are like those of the rows below: of the same kind as their column, or values that come again. */
function isLikeRows(cells: readonly Cell[], rows: readonly Line[]): boolean {
  if (rows.length < 2) return false;
  const values = new Set(rows.flatMap((row) => row.cells.map(cellText)));
  const repeated = cells.filter((cell) => !isBlank(cell) && values.has(cellText(cell))).length;
  // All of them again are headings that are repeated.
  if (repeated > 0 && repeated < cells.filter((cell) => !isBlank(cell)).length) return true;
  return cells.some((cell, column) => {
    if (isBlank(cell)) return false;
    const below = new ColumnValues(
      rows.flatMap((row) => (isBlank(row.cells[column]) ? [] : [row.cells[column] as Cell])),
    );
    const head = new ColumnValues([cell]);
    return rowKinds.some((kind) => head.share(kind) === 1 && below.share(kind) > 0.5);
  });
}
