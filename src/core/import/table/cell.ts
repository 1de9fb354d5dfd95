/** A cell. A date is ISO text, a percentage `15%`, an error of a formula `#REF!`. */
export type Cell = string | number | boolean | null;

/** A line of a table with its number, from 1, as editors show it. */
export interface Line {
  line: number;
  cells: Cell[];
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** A cell as users read it. */
export function cellText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell).trim();
}
