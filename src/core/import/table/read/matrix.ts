import { plainHeading } from '../../../model/interchange/headings.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';

/** Headings of the links that a matrix holds. */
const headings: readonly Cell[] = ['From', 'To', 'Value'];

const minNames = 3;

/**
 * Turns a matrix of names (the same in the first column and in the first line, with a figure where a row passes something to a column) into
 * a list of links. Null for other tables. Each link has the line of its row.
 */
export function linksOfMatrix(lines: readonly Line[]): Line[] | null {
  const [head, ...rows] = lines;
  if (!head || rows.length < minNames) return null;
  const nameAt = (line: Line, column: number): string => plainHeading(cellText(line.cells[column]));
  const columnNames = new Map<string, number>();
  for (const column of head.cells.keys())
    if (column > 0 && nameAt(head, column) !== '') columnNames.set(nameAt(head, column), column);
  const rowNames = new Set(rows.map((row) => nameAt(row, 0)).filter((name) => name !== ''));
  const shared = [...rowNames].filter((name) => columnNames.has(name));
  const most = Math.max(rowNames.size, columnNames.size);
  if (shared.length < minNames || shared.length < most * 0.7 || rowNames.size < rows.length) return null;
  const links: Line[] = [];
  for (const row of rows)
    for (const column of columnNames.values()) {
      const value = row.cells[column] ?? null;
      const text = cellText(value).trim();
      // The diagonal, zeros and dashes are no links.
      if (isBlank(value) || /^[-–—0]$/.test(text) || nameAt(row, 0) === nameAt(head, column)) continue;
      links.push({ line: row.line, cells: [row.cells[0] ?? null, head.cells[column] ?? null, value] });
    }
  return links.length === 0 ? null : [{ line: head.line, cells: [...headings] }, ...links];
}
