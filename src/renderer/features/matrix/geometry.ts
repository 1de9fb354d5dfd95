/** Sizes in px: a cell, and the band that names groups. */
export const cellSize = 26;
export const groupBand = 22;

/** Sizes of the heads in px, including the band: width of row heads, height of column heads. */
export interface HeadSize {
  width: number;
  height: number;
}

/** A cell; −1 is the head of a row or column. */
export interface At {
  row: number;
  column: number;
}

export interface Size {
  rows: number;
  columns: number;
}

/** The target of a key from a cell; null if the key does not move. `page` is the number of visible rows. */
export function moveByKey(
  { row, column }: At,
  { key, ctrlKey, metaKey }: { key: string; ctrlKey: boolean; metaKey: boolean },
  size: Size,
  page: number,
): At | null {
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  const isFar = ctrlKey || metaKey;
  const to: At | null =
    {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: isFar ? { row: 0, column: 0 } : { row, column: 0 },
      End: isFar ? { row: lastRow, column: lastColumn } : { row, column: lastColumn },
    }[key] ?? null;
  return to && clampCell(to, size);
}

/** The nearest existing cell; the corner is none. */
export function clampCell({ row, column }: At, { rows, columns }: Size): At {
  const fit = (place: number, count: number): number => Math.max(-1, Math.min(count - 1, place));
  const [r, c] = [fit(row, rows), fit(column, columns)];
  return r === -1 && c === -1 ? { row: 0, column: -1 } : { row: r, column: c };
}
