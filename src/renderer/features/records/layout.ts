import type { Column } from './columns.ts';

/** What a seat chose for the columns of a type: which are shown, and how wide. Absent members are as usual. */
export interface ColumnChoice {
  shown?: readonly string[];
  widths?: Readonly<Record<string, number>>;
}

export interface PlacedColumn extends Column {
  /** Width in px as it is drawn. */
  size: number;
}

/** Narrowest and widest that a column can be made, in px. */
export const columnLimits = { least: 48, most: 800 };

function leastOf(columns: readonly Column[], choice: ColumnChoice): number {
  return columns.reduce((sum, column) => sum + (choice.widths?.[column.key] ?? column.width), 0);
}

/** Leaves out the columns of the highest rank until the others fit, at least those that name the record. */
function fitting(columns: readonly Column[], room: number, choice: ColumnChoice): readonly Column[] {
  let kept = columns;
  while (leastOf(kept, choice) > room) {
    const worst = Math.max(...kept.map((column) => column.rank ?? 0));
    if (worst <= 0) break;
    const at = kept.findLastIndex((column) => (column.rank ?? 0) === worst);
    kept = kept.filter((_, index) => index !== at);
  }
  return kept;
}

/**
 * The columns to draw in `room` px: those the seat chose, or the usual ones as far as they fit; what room is left goes to those
 * that can grow and were not given a width.
 */
export function placeColumns(
  columns: readonly Column[],
  room: number,
  choice: ColumnChoice,
): readonly PlacedColumn[] {
  const { shown } = choice;
  const chosen = shown
    ? columns.filter((column) => column.naming || shown.includes(column.key))
    : fitting(
        columns.filter((column) => column.rank !== null),
        room,
        choice,
      );
  const free = Math.max(0, room - leastOf(chosen, choice));
  const growing = chosen.filter((column) => choice.widths?.[column.key] === undefined);
  const shares = growing.reduce((sum, column) => sum + column.grow, 0);
  return chosen.map((column) => {
    const fixed = choice.widths?.[column.key];
    const share = shares > 0 ? (free * column.grow) / shares : 0;
    return { ...column, size: fixed ?? Math.floor(column.width + share) };
  });
}
