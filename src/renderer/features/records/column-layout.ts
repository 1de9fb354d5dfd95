import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { Column } from './columns.ts';
import type { ListLayout, SummaryKind } from '../../stores/list-layout.ts';

const maxImportedColumns = 24;

const isCustomKey = (key: string): boolean => customNameOf(key) !== null;

/** The default columns; if a custom field of an imported table exists, with the table's columns after the name. */
function defaultColumns(columns: readonly Column[], imported: readonly string[]): readonly Column[] {
  const defaults = columns.filter((column) => column.isDefault);
  const importedColumns = imported.flatMap(
    (key) => columns.find((column) => column.key === key && !column.isNaming) ?? [],
  );
  if (!importedColumns.some(({ key }) => isCustomKey(key))) return defaults;
  const leadingColumns = importedColumns.slice(0, maxImportedColumns);
  const leadingKeys = new Set(leadingColumns.map(({ key }) => key));
  const otherDefaults = defaults.filter(({ key }) => !leadingKeys.has(key));
  return [
    ...otherDefaults.filter((column) => column.isNaming),
    ...leadingColumns,
    ...otherDefaults.filter((column) => !column.isNaming),
  ];
}

function importedKeys(columns: readonly Column[], imported: readonly string[] = []): readonly string[] {
  return imported
    .filter((key) => !columns.some((column) => column.isNaming && column.key === key))
    .slice(0, maxImportedColumns);
}

const isIdentifying = (column: Column | undefined): boolean =>
  column?.isNaming === true || column?.field?.to === 'any';

/** Adds an imported table's custom fields to chosen columns, behind those that identify the record. */
function withImported(
  columns: readonly Column[],
  chosen: readonly string[],
  imported: readonly string[] = [],
): readonly string[] {
  const addedKeys = imported
    .filter((key) => isCustomKey(key) && !chosen.includes(key))
    .slice(0, maxImportedColumns);
  const insertIndex = chosen.findIndex((key) => !isIdentifying(columns.find((column) => column.key === key)));
  return chosen.toSpliced(insertIndex < 0 ? chosen.length : insertIndex, 0, ...addedKeys);
}

/** The columns of the table imported last, then those of earlier tables. */
export function mergeColumnKeys(
  earlierKeys: readonly string[] = [],
  newKeys: readonly string[],
): readonly string[] {
  return [...new Set([...newKeys, ...earlierKeys])];
}

export interface PlacedColumn extends Column {
  size: number;
  /** For a pinned column its distance from the left in px; null if it scrolls. */
  pin: number | null;
}

export const columnWidthLimits = { min: 48, max: 800 };

export const checkboxWidth = 36;

function totalWidth(
  columns: readonly Column[],
  layout: ListLayout,
  widthOf: (column: Column) => number,
): number {
  return columns.reduce((sum, column) => sum + (layout.widths?.[column.key] ?? widthOf(column)), 0);
}

/** The function for the width of columns without a set width. Growing columns share spare room; without room all shrink. */
function widthFunction(
  columns: readonly Column[],
  room: number,
  layout: ListLayout,
): (column: Column) => number {
  const minTotal = totalWidth(columns, layout, ({ width }) => width);
  const idealTotal = totalWidth(columns, layout, (column) => column.ideal);
  if (room < idealTotal) {
    const fraction = idealTotal > minTotal ? Math.max(0, room - minTotal) / (idealTotal - minTotal) : 0;
    return (column) => Math.floor(column.width + (column.ideal - column.width) * fraction);
  }
  const growTotal = totalWidth(
    columns.filter(({ key }) => layout.widths?.[key] === undefined),
    layout,
    ({ grow }) => grow,
  );
  const pxPerGrow = growTotal > 0 ? (room - idealTotal) / growTotal : 0;
  return (column) => Math.floor(column.ideal + column.grow * pxPerGrow);
}

function chosenColumns(columns: readonly Column[], keys: readonly string[]): readonly Column[] {
  const presentColumns = keys.flatMap((key) => columns.find((column) => column.key === key) ?? []);
  const missingNaming = columns.filter(({ isNaming, key }) => isNaming && !keys.includes(key));
  // Deleted records always show the time of deletion.
  const deletedAtColumns = columns.filter(({ key }) => key === 'deleted_at' && !keys.includes(key));
  return [...missingNaming, ...presentColumns, ...deletedAtColumns];
}

function pinnedOf(columns: readonly Column[], layout: ListLayout): readonly string[] {
  return layout.pinned ?? columns.filter((column) => column.isNaming).map((column) => column.key);
}

/** Puts pinned columns first. The `pin` of each is the total width of the columns before it. */
function pinColumns(
  columns: readonly (Column & { size: number })[],
  pinned: readonly string[],
): PlacedColumn[] {
  let left = checkboxWidth;
  const pinnedColumns = columns.filter(({ key }) => pinned.includes(key));
  const scrollingColumns = columns.filter(({ key }) => !pinned.includes(key));
  return [
    ...pinnedColumns.map((column) => {
      const placed = { ...column, pin: left };
      left += column.size;
      return placed;
    }),
    ...scrollingColumns.map((column) => ({ ...column, pin: null })),
  ];
}

/** The columns to render in `room` px: the chosen or default ones, and those of an imported table. */
export function placeColumns(
  columns: readonly Column[],
  room: number,
  layout: ListLayout,
): readonly PlacedColumn[] {
  const visibleColumns = layout.columns
    ? chosenColumns(columns, withImported(columns, layout.columns, layout.brought))
    : defaultColumns(columns, layout.brought ?? []);
  const widthOf = widthFunction(visibleColumns, room, layout);
  const sizedColumns = visibleColumns.map((column) => ({
    ...column,
    size: layout.widths?.[column.key] ?? widthOf(column),
  }));
  return pinColumns(sizedColumns, pinnedOf(columns, layout));
}

type ShownColumns = readonly Pick<Column, 'key' | 'isNaming'>[];

const keysOf = (shown: ShownColumns): string[] => shown.map(({ key }) => key);

/** The keys of the shown columns, and at their saved places those of saved columns that `all` does not have. */
function withUnknownKeys(layout: ListLayout, shown: ShownColumns, all: readonly Column[]): string[] {
  const savedKeys = layout.columns
    ? withImported(all, layout.columns, layout.brought)
    : importedKeys(all, layout.brought);
  const namingKeys = keysOf(shown.filter((column) => column.isNaming && !savedKeys.includes(column.key)));
  const keys = keysOf(shown);
  let previousIndex = -1;
  for (const key of [...namingKeys, ...savedKeys]) {
    const index = keys.indexOf(key);
    if (index >= 0) previousIndex = index;
    else if (!all.some((column) => column.key === key)) {
      previousIndex += 1;
      keys.splice(previousIndex, 0, key);
    }
  }
  return keys;
}

function withColumns(layout: ListLayout, columns: readonly string[]): ListLayout {
  const { brought: _, ...others } = layout;
  return { ...others, columns };
}

/** Shows or hides a column; the name column always stays. A column that becomes visible is inserted by its position in `order`. */
export function toggleColumn(
  layout: ListLayout,
  shown: ShownColumns,
  all: readonly Column[],
  key: string,
  order: readonly string[] = [],
): ListLayout {
  if (shown.some((column) => column.key === key && column.isNaming)) return layout;
  const keys = withUnknownKeys(layout, shown, all);
  if (keys.includes(key))
    return withColumns(
      layout,
      keys.filter((columnKey) => columnKey !== key),
    );
  const laterKeys = order.slice(order.indexOf(key) + 1);
  const insertIndex = keys.findIndex((columnKey) => laterKeys.includes(columnKey));
  return withColumns(layout, insertIndex < 0 ? [...keys, key] : keys.toSpliced(insertIndex, 0, key));
}

export function moveColumnTo(
  layout: ListLayout,
  shown: ShownColumns,
  all: readonly Column[],
  key: string,
  target: string,
): ListLayout {
  const shownKeys = keysOf(shown);
  const [fromIndex, toIndex] = [shownKeys.indexOf(key), shownKeys.indexOf(target)];
  if (fromIndex < 0 || toIndex < 0 || fromIndex === toIndex) return layout;
  const others = withUnknownKeys(layout, shown, all).filter((columnKey) => columnKey !== key);
  return withColumns(
    layout,
    others.toSpliced(others.indexOf(target) + (fromIndex < toIndex ? 1 : 0), 0, key),
  );
}

/** Moves a column by `step` positions (negative: left) among the pinned or the scrolling ones. */
export function moveColumn(
  layout: ListLayout,
  shown: ShownColumns,
  all: readonly Column[],
  key: string,
  step: number,
): ListLayout {
  const pinned = pinnedOf(all, layout);
  const group = keysOf(shown).filter((columnKey) => pinned.includes(columnKey) === pinned.includes(key));
  const target = group[group.indexOf(key) + step];
  return target === undefined ? layout : moveColumnTo(layout, shown, all, key, target);
}

export function setPinned(
  layout: ListLayout,
  all: readonly Column[],
  key: string,
  isPinned: boolean,
): ListLayout {
  const others = pinnedOf(all, layout).filter((columnKey) => columnKey !== key);
  return { ...layout, pinned: isPinned ? [...others, key] : others };
}

export function resizeColumn(layout: ListLayout, key: string, width: number | null): ListLayout {
  const { [key]: _, ...others } = layout.widths ?? {};
  if (width === null) return { ...layout, widths: others };
  const clamped = Math.round(Math.min(columnWidthLimits.max, Math.max(columnWidthLimits.min, width)));
  return { ...layout, widths: { ...others, [key]: clamped } };
}

export function summarizeColumn(layout: ListLayout, key: string, kind: SummaryKind): ListLayout {
  return { ...layout, summaries: { ...layout.summaries, [key]: kind } };
}
