import type { ImportNotice } from '#shared/contract/import-report.ts';
import { columnLetters, headingText } from '../../model/interchange/headings.ts';
import { Notices } from '../notices.ts';

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
  notices: ImportNotice[];
  decimalComma: boolean;
}

/** A sheet as a table: headings and rows. */
export interface Table {
  columns: string[];
  rows: Line[];
  header: number;
  notices: ImportNotice[];
  decimalComma: boolean;
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** A cell as a person reads it. */
export function cellText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell).trim();
}

const searched = 10;

const isWord = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' && !isBlank(cell) && !/^[\d\s.,%+-]+$/.test(cell);

/**
 * The line of the headings: the first at the top that has about as many words as the table is wide, and no figure. 0 when the
 * table seems to have none.
 */
export function findHeader(lines: readonly Line[]): number {
  const top = lines.slice(0, searched);
  const width = Math.max(0, ...top.map(({ cells }) => cells.filter((cell) => !isBlank(cell)).length));
  for (const { line, cells } of top) {
    const filled = cells.filter((cell) => !isBlank(cell));
    const words = filled.filter(isWord).length;
    if (words === filled.length && words >= Math.max(1, width * 0.5)) return line;
    // A full line with figures is data: what comes below it is no heading.
    if (filled.length >= width * 0.8) return 0;
  }
  return 0;
}

/** Makes a table of a sheet. `header` is the line of the headings, 0 for none, null to find out. */
export function asTable(sheet: RawSheet, header: number | null): Table {
  const at = header ?? findHeader(sheet.lines);
  const head = at === 0 ? undefined : sheet.lines.find(({ line }) => line === at);
  const rows = sheet.lines.filter(({ line }) => line > at);
  // Not Math.max(...): a call takes only so many arguments.
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), head?.cells.length ?? 0);
  const notices = new Notices();
  notices.addAll(sheet.notices);
  if (!head && rows.length > 0) notices.add('no_headings', { count: rows.length });
  return {
    columns: nameColumns(head?.cells ?? [], width),
    rows,
    header: head ? at : 0,
    notices: notices.list(),
    decimalComma: sheet.decimalComma,
  };
}

/** A name for every column: its heading, or its letter where it has none. A heading that came before gets a number. */
function nameColumns(head: readonly Cell[], width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const given = headingText(cellText(head[index]));
    const name = given === '' ? columnLetters(index) : given;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
