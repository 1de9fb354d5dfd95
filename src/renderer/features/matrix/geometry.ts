/** Sizes in px: a cell, and the band that names groups. */
export const cellSize = 26;
export const groupBand = 22;

/** Sizes of the heads in px, including the band: width of row heads, height of column heads. */
export interface HeadSize {
  width: number;
  height: number;
}

/** A cell; −1 is the head of a row or column. */
export interface CellPosition {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
}

/** The cell to which a key moves from the given one; null for other keys. `pageRows`: the number of visible rows. */
export function moveByKey(
  { row, column }: CellPosition,
  { key, ctrlKey, metaKey }: { key: string; ctrlKey: boolean; metaKey: boolean },
  size: GridSize,
  pageRows: number,
): CellPosition | null {
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  const hasModifier = ctrlKey || metaKey;
  const target: CellPosition | null =
    {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - pageRows, column },
      PageDown: { row: row + pageRows, column },
      Home: hasModifier ? { row: 0, column: 0 } : { row, column: 0 },
      End: hasModifier ? { row: lastRow, column: lastColumn } : { row, column: lastColumn },
    }[key] ?? null;
  return target && clampCell(target, size);
}

/** The nearest existing cell or head. The empty corner becomes the head of the first row. */
export function clampCell({ row, column }: CellPosition, { rows, columns }: GridSize): CellPosition {
  const clamp = (index: number, count: number): number => Math.max(-1, Math.min(count - 1, index));
  const cell = { row: clamp(row, rows), column: clamp(column, columns) };
  return cell.row === -1 && cell.column === -1 ? { row: 0, column: -1 } : cell;
}
