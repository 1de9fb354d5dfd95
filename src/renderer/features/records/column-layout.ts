import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { Column } from './columns.ts';
import type { ListLayout, SummaryKind } from '../../stores/list-layout.ts';

const most = 24;

const isOwn = (key: string): boolean => ownNameOf(key) !== null;

/**
 * The default columns after a table was imported: the name, the table's columns in order, then the other defaults. The plain defaults if no
 * custom field of the table exists (any more).
 */
function usualWith(columns: readonly Column[], imported: readonly string[]): readonly Column[] {
  const usual = columns.filter((column) => column.usual);
  const known = imported.flatMap(
    (key) => columns.find((column) => column.key === key && !column.naming) ?? [],
  );
  if (!known.some(({ key }) => isOwn(key))) return usual;
  const first = known.slice(0, most);
  const keys = new Set(first.map(({ key }) => key));
  const [naming, others] = [true, false].map((isNaming) =>
    usual.filter((column) => column.naming === isNaming && !keys.has(column.key)),
  ) as [Column[], Column[]];
  return [...naming, ...first, ...others];
}

function withAddedFirst(columns: readonly Column[], imported: readonly string[] = []): readonly string[] {
  return imported.filter((key) => !columns.some((one) => one.naming && one.key === key)).slice(0, most);
}

const leading = (column: Column | undefined): boolean =>
  column?.naming === true || column?.field?.to === 'any';

/** Adds an imported table's custom fields to chosen columns, behind those that identify the record. */
function chosenWith(
  columns: readonly Column[],
  chosen: readonly string[],
  imported: readonly string[] = [],
): readonly string[] {
  const added = imported.filter((key) => isOwn(key) && !chosen.includes(key)).slice(0, most);
  const leads = chosen.findIndex((key) => !leading(columns.find((column) => column.key === key)));
  return chosen.toSpliced(leads < 0 ? chosen.length : leads, 0, ...added);
}

/** The columns of a further table, then those of earlier ones. */
export function mergedColumns(now: readonly string[] = [], next: readonly string[]): readonly string[] {
  return [...new Set([...next, ...now])];
}

export interface PlacedColumn extends Column {
  size: number;
  /** For a pinned column its distance from the left in px; null if it scrolls. */
  pin: number | null;
}

export const columnLimits = { least: 48, most: 800 };

export const checkWidth = 36;

function sumOf(columns: readonly Column[], layout: ListLayout, of: (column: Column) => number): number {
  return columns.reduce((sum, column) => sum + (layout.widths?.[column.key] ?? of(column)), 0);
}

/**
 * The widths of columns without a set width. Spare room is shared by columns that can grow; with too little room all shrink to their
 * minimum, and the rest is scrolled. Columns never disappear by themselves.
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

function chosenOf(columns: readonly Column[], keys: readonly string[]): readonly Column[] {
  const chosen = keys.flatMap((key) => columns.find((column) => column.key === key) ?? []);
  const missing = columns.filter(({ naming, key }) => naming && !keys.includes(key));
  // Deleted records always show the time of deletion.
  const since = columns.filter(({ key }) => key === 'deleted_at' && !keys.includes(key));
  return [...missing, ...chosen, ...since];
}

function pinnedOf(columns: readonly Column[], layout: ListLayout): readonly string[] {
  return layout.pinned ?? columns.filter((column) => column.naming).map((column) => column.key);
}

/** Pinned columns come first, at the summed width of those before. */
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

/** The columns to render in `room` px: the chosen or default ones, and those of an imported table. */
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

type Shown = readonly Pick<Column, 'key' | 'naming'>[];

const keysOf = (shown: Shown): string[] => shown.map(({ key }) => key);

function withUnseen(layout: ListLayout, shown: Shown, all: readonly Column[]): string[] {
  const named = layout.columns
    ? chosenWith(all, layout.columns, layout.brought)
    : withAddedFirst(all, layout.brought);
  const naming = keysOf(shown.filter((column) => column.naming && !named.includes(column.key)));
  const keys = keysOf(shown);
  let last = -1;
  for (const key of [...naming, ...named]) {
    const at = keys.indexOf(key);
    if (at >= 0) last = at;
    else if (!all.some((column) => column.key === key)) keys.splice((last += 1), 0, key);
  }
  return keys;
}

function choosing(layout: ListLayout, columns: readonly string[]): ListLayout {
  const { brought: _, ...others } = layout;
  return { ...others, columns };
}

/** Shows or hides a column; the name column stays. A shown one is inserted by its position in `among`. */
export function toggleColumn(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  among: readonly string[] = [],
): ListLayout {
  if (shown.some((column) => column.key === key && column.naming)) return layout;
  const keys = withUnseen(layout, shown, all);
  if (keys.includes(key))
    return choosing(
      layout,
      keys.filter((one) => one !== key),
    );
  const after = among.slice(among.indexOf(key) + 1);
  const next = keys.findIndex((one) => after.includes(one));
  return choosing(layout, next < 0 ? [...keys, key] : keys.toSpliced(next, 0, key));
}

export function placedAt(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  target: string,
): ListLayout {
  const [from, to] = [key, target].map((one) => keysOf(shown).indexOf(one)) as [number, number];
  if (from < 0 || to < 0 || from === to) return layout;
  const others = withUnseen(layout, shown, all).filter((one) => one !== key);
  return choosing(layout, others.toSpliced(others.indexOf(target) + (from < to ? 1 : 0), 0, key));
}

/** Moves a column by `step` positions (negative: left) among the pinned or the scrolling ones. */
export function moveColumn(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  step: number,
): ListLayout {
  const pinned = pinnedOf(all, layout);
  const group = keysOf(shown).filter((one) => pinned.includes(one) === pinned.includes(key));
  const target = group[group.indexOf(key) + step];
  return target === undefined ? layout : placedAt(layout, shown, all, key, target);
}

export function pinnedAs(
  layout: ListLayout,
  all: readonly Column[],
  key: string,
  pinned: boolean,
): ListLayout {
  const others = pinnedOf(all, layout).filter((one) => one !== key);
  return { ...layout, pinned: pinned ? [...others, key] : others };
}

export function resizeColumn(layout: ListLayout, key: string, width: number | null): ListLayout {
  const { [key]: _, ...others } = layout.widths ?? {};
  if (width === null) return { ...layout, widths: others };
  const kept = Math.round(Math.min(columnLimits.most, Math.max(columnLimits.least, width)));
  return { ...layout, widths: { ...others, [key]: kept } };
}

export function summarizeColumn(layout: ListLayout, key: string, kind: SummaryKind): ListLayout {
  return { ...layout, summaries: { ...layout.summaries, [key]: kind } };
}
