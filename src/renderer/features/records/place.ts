import { chosenWith, usualWith } from './brought.ts';
import type { Column } from './columns.ts';
import type { ListLayout } from '../../stores/list-layout.ts';

export interface PlacedColumn extends Column {
  /** Width in px as it is drawn. */
  size: number;
  /** Stays in sight at the left: how far from there, in px. Null scrolls with the others. */
  pin: number | null;
}

/** Narrowest and widest that a column can be made, in px. */
export const columnLimits = { least: 48, most: 800 };

/** Width of the column of check boxes, in px. */
export const checkWidth = 36;

/** The sum of what the columns take: those that were given a width that, the others what `of` says. */
function sumOf(columns: readonly Column[], layout: ListLayout, of: (column: Column) => number): number {
  return columns.reduce((sum, column) => sum + (layout.widths?.[column.key] ?? of(column)), 0);
}

/**
 * How wide each column is that was not given a width. With room to spare those that can grow share it; with too little all give way
 * alike, down to their least, and what is then too much is scrolled to: no column vanishes by itself.
 */
function widthIn(columns: readonly Column[], room: number, layout: ListLayout): (column: Column) => number {
  const least = sumOf(columns, layout, ({ width }) => width);
  const ideal = sumOf(columns, layout, (column) => column.ideal);
  if (room < ideal) {
    const part = ideal > least ? Math.max(0, room - least) / (ideal - least) : 0;
    return (column) => Math.floor(column.width + (column.ideal - column.width) * part);
  }
  const shares = sumOf(
    columns.filter(({ key }) => layout.widths?.[key] === undefined),
    layout,
    ({ grow }) => grow,
  );
  const each = shares > 0 ? (room - ideal) / shares : 0;
  return (column) => Math.floor(column.ideal + column.grow * each);
}

/** The columns that were chosen, in their order; the one that names the record is always among them. */
function chosenOf(columns: readonly Column[], keys: readonly string[]): readonly Column[] {
  const chosen = keys.flatMap((key) => columns.find((column) => column.key === key) ?? []);
  const missing = columns.filter(({ naming, key }) => naming && !keys.includes(key));
  // Deleted records always say since when.
  const since = columns.filter(({ key }) => key === 'deleted_at' && !keys.includes(key));
  return [...missing, ...chosen, ...since];
}

/** Which columns stay in sight: those that were pinned, or the one that names the record. */
export function pinnedOf(columns: readonly Column[], layout: ListLayout): readonly string[] {
  return layout.pinned ?? columns.filter((column) => column.naming).map((column) => column.key);
}

/** Pinned columns come first, each as far from the left as those before it are wide. */
function inPlace(columns: readonly (Column & { size: number })[], pinned: readonly string[]): PlacedColumn[] {
  let left = checkWidth;
  const stays = columns.filter(({ key }) => pinned.includes(key));
  const moves = columns.filter(({ key }) => !pinned.includes(key));
  return [
    ...stays.map((column) => {
      const placed = { ...column, pin: left };
      left += column.size;
      return placed;
    }),
    ...moves.map((column) => ({ ...column, pin: null })),
  ];
}

/** The columns to draw in `room` px: those that were chosen, or the usual ones; and those of an imported table. */
export function placeColumns(
  columns: readonly Column[],
  room: number,
  layout: ListLayout,
): readonly PlacedColumn[] {
  const chosen = layout.columns
    ? chosenOf(columns, chosenWith(columns, layout.columns, layout.brought))
    : usualWith(columns, layout.brought ?? []);
  const widthOf = widthIn(chosen, room, layout);
  const sized = chosen.map((column) => ({ ...column, size: layout.widths?.[column.key] ?? widthOf(column) }));
  return inPlace(sized, pinnedOf(columns, layout));
}
