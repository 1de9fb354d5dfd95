import type { Column } from '../columns.ts';
import type { GridState } from './state.ts';

/** A rectangle of cells by row and column, all four included. */
export interface CellRange {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The cells that are selected: those between anchor and cursor, or the one under the cursor. */
export function rangeOf({
  anchor,
  cursor,
  cells,
}: Pick<GridState, 'anchor' | 'cursor' | 'cells'>): CellRange {
  const from = cells && anchor ? anchor : cursor;
  return {
    top: Math.min(from.row, cursor.row),
    bottom: Math.max(from.row, cursor.row),
    left: Math.min(from.column, cursor.column),
    right: Math.max(from.column, cursor.column),
  };
}

/** True when the range is more than the cell under the cursor. */
export function isWide({ top, bottom, left, right }: CellRange): boolean {
  return bottom > top || right > left;
}

/** How many rows and columns a range has. */
export function sizeOf({ top, bottom, left, right }: CellRange): { rows: number; columns: number } {
  return { rows: bottom - top + 1, columns: right - left + 1 };
}

/**
 * True when the selection is of values and not of whole records: a cell, or a block of them. Records are meant when rows are
 * picked, or names alone are stretched over.
 */
export function meansCells(
  state: Pick<GridState, 'anchor' | 'cursor' | 'cells' | 'picked' | 'allBut'>,
  columns: readonly Pick<Column, 'naming'>[],
): boolean {
  if (state.allBut !== null || (state.picked.size > 0 && !state.cells)) return false;
  const { left, right } = rangeOf(state);
  return state.picked.size === 0 || right > left || !columns[left]?.naming;
}
