import type { SheetNotice } from '#shared/contract/sheets.ts';

/** What stands in a cell. A date is its ISO text, a per cent figure the text `15%`, an error of a formula its sign, as `#REF!`. */
export type Cell = string | number | boolean | null;

/** A line of a table, its number from 1 as an editor or a spreadsheet program shows it. */
export interface Line {
  line: number;
  cells: Cell[];
}

/** One sheet as it stands, without lines that are empty. */
export interface RawSheet {
  lines: Line[];
  notices: SheetNotice[];
  /** Text of which a comma is likely a decimal one. */
  decimalComma: boolean;
}

/** A sheet as a table: headings and rows. */
export interface Table {
  columns: string[];
  rows: Line[];
  header: number;
  notices: SheetNotice[];
  decimalComma: boolean;
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** The beginning of a text, of at most so many UTF-16 units; never half a character. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

/** A cell as a person reads it. */
export function cellText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell).trim();
}
