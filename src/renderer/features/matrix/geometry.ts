/** Sizes in px: a cell, the heads of rows and columns, and the band beside them that names groups. */
export const cellSize = 26;
export const band = 22;
export const head = { width: 178 + band, height: 128 + band } as const;

/** A cell of the matrix: −1 is the head of a row or column. */
export interface At {
  row: number;
  column: number;
}

/** Where a key leads from a cell; null where the key moves nothing. `page` is how many rows fit. */
export function moved(
  { row, column }: At,
  { key, ctrlKey, metaKey }: { key: string; ctrlKey: boolean; metaKey: boolean },
  count: number,
  page: number,
): At | null {
  const last = count - 1;
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
      End: isFar ? { row: last, column: last } : { row, column: last },
    }[key] ?? null;
  return to && within(to, count);
}

/** The nearest cell that is there; the corner is none. */
export function within({ row, column }: At, count: number): At {
  const fit = (place: number): number => Math.max(-1, Math.min(count - 1, place));
  const [r, c] = [fit(row), fit(column)];
  return r === -1 && c === -1 ? { row: 0, column: -1 } : { row: r, column: c };
}
