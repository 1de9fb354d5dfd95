import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { EntityRecord } from '#shared/contract/record.ts';
import { atStart } from '../../../api/window-state.ts';
import { tabIds } from '../../../stores/tabs/layout.ts';
import { frontTab, useTabId, useTabs } from '../../../stores/tabs/store.ts';
import type { Column } from '../columns.ts';

/** The active cell by row and column, from 0. */
export interface Cursor {
  row: number;
  column: number;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The cell nearest to `cursor` within the grid. */
export function clampCursor(cursor: Cursor, { rows, columns }: { rows: number; columns: number }): Cursor {
  return { row: clamp(cursor.row, rows), column: clamp(cursor.column, columns) };
}

export interface GridState {
  cursor: Cursor;
  anchor: Cursor | null;
  /** The selection is a range of cells rather than rows. */
  isCellRange: boolean;
  /** The selected records by id; empty if `allExcept` is set. */
  picked: ReadonlyMap<string, EntityRecord>;
  /** All records of the list are selected, read or not, except these ids. Null if only `picked` are selected. */
  allExcept: ReadonlySet<string> | null;
  closedGroups: ReadonlySet<string>;
  /** The cell of the cursor is edited, starting with `text`; null keeps its content. */
  editing: { text: string | null } | null;
  /** How often the person moved the cursor; moves caused by changed rows do not count. */
  moves: number;
  /** The open record is not in the list, so no row is the subject of commands until the cursor moves. */
  isAway: boolean;
  /** The shown list; `key` has its query and grouping. */
  list: { type: string; key: string };
  /** The states of other lists by type, each of the list of that type that was shown last. */
  previousLists: ReadonlyMap<string, GridState>;
}

export type GridStore = StoreApi<GridState>;

const emptyState: Omit<GridState, 'moves' | 'list' | 'previousLists'> = {
  cursor: { row: 0, column: 0 },
  anchor: null,
  isCellRange: false,
  picked: new Map(),
  allExcept: null,
  closedGroups: new Set(),
  editing: null,
  isAway: false,
};

const grids = new Map<string, GridStore>();
atStart(() => grids.clear());

/** The grid state of a tab, by default the front one. */
export function gridOf(tab: string = frontTab()): GridStore {
  const existing = grids.get(tab);
  if (existing) return existing;
  const grid = createStore<GridState>()(() => {
    return { ...emptyState, moves: 0, list: { type: '', key: '' }, previousLists: new Map() };
  });
  const openTabs = tabIds(useTabs.getState());
  for (const gridTab of grids.keys()) if (!openTabs.has(gridTab)) grids.delete(gridTab);
  grids.set(tab, grid);
  return grid;
}

export function useGridStore(): GridStore {
  return gridOf(useTabId());
}

/** Opens a list: restores its state if it was the last list of its type, else starts at the top. Returns true for a new start. */
export function openList(grid: GridStore, type: string, key: string): boolean {
  const state = grid.getState();
  if (state.list.type === type && state.list.key === key) return false;
  const previousLists = new Map(state.previousLists);
  previousLists.set(state.list.type, { ...state, previousLists: new Map() });
  const previous = previousLists.get(type);
  const restored = previous?.list.key === key ? previous : undefined;
  grid.setState({
    ...emptyState,
    ...restored,
    moves: state.moves,
    editing: null,
    list: { type, key },
    previousLists,
  });
  return restored === undefined;
}

/** Selects from the grid state of the component's tab. Reactive. */
export function useGrid<T>(selector: (state: GridState) => T): T {
  return useStore(useGridStore(), selector);
}

type MoveChange = Pick<GridState, 'moves' | 'isAway' | 'editing' | 'allExcept'>;

const afterMove = ({ moves }: GridState): MoveChange => ({
  moves: moves + 1,
  isAway: false,
  editing: null,
  allExcept: null,
});

export function moveTo(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({
    ...afterMove(state),
    cursor,
    anchor: null,
    isCellRange: false,
    picked: new Map(),
  }));
}

export function moveKeepingPicks(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({
    ...afterMove(state),
    allExcept: state.allExcept,
    cursor,
    anchor: null,
    isCellRange: false,
  }));
}

export function clearSelection(grid: GridStore): void {
  grid.setState({ anchor: null, isCellRange: false, picked: new Map(), allExcept: null, editing: null });
}

/** Moves the cursor to the row of the open record. */
export function moveToRow(grid: GridStore, row: number): void {
  grid.setState(({ cursor }) => ({ cursor: { row, column: cursor.column }, isAway: false }));
}

export function setAway(grid: GridStore, isAway: boolean): void {
  if (grid.getState().isAway !== isAway) grid.setState({ isAway });
}

export function togglePick(grid: GridStore, record: EntityRecord, cursor: Cursor): void {
  grid.setState((state) => {
    const position = { cursor, anchor: cursor, isCellRange: false };
    if (state.allExcept) {
      const allExcept = new Set(state.allExcept);
      if (!allExcept.delete(record.id)) allExcept.add(record.id);
      return { ...afterMove(state), ...position, allExcept };
    }
    const picked = new Map(state.picked);
    if (!picked.delete(record.id)) picked.set(record.id, record);
    return { ...afterMove(state), ...position, picked };
  });
}

/** Extends the selection from its anchor to `cursor`: over cells, or over rows, which are added to the selection. */
export function extendTo(
  grid: GridStore,
  cursor: Cursor,
  isCellRange: boolean,
  records: readonly EntityRecord[],
): void {
  grid.setState((state) => {
    const anchor = state.anchor ?? state.cursor;
    // Cells of a single row do not select records.
    const addedRecords = isCellRange && anchor.row === cursor.row ? [] : records;
    const picked = new Map(isCellRange || state.isCellRange ? [] : state.picked);
    for (const record of addedRecords) picked.set(record.id, record);
    return { ...afterMove(state), cursor, anchor, isCellRange, picked };
  });
}

/** Selects exactly these records, replacing a range of cells. */
export function pickOnly(grid: GridStore, records: readonly EntityRecord[]): void {
  grid.setState({
    picked: new Map(records.map((record) => [record.id, record])),
    allExcept: null,
    isCellRange: false,
    editing: null,
  });
}

/** Selects every record of the list, read or not. */
export function pickEverything(grid: GridStore): void {
  grid.setState({ picked: new Map(), allExcept: new Set(), anchor: null, isCellRange: false, editing: null });
}

export function dropPicks(grid: GridStore, ids: ReadonlySet<string>): void {
  grid.setState(({ picked }) => ({ picked: new Map([...picked].filter(([id]) => !ids.has(id))) }));
}

export function isPicked(
  { picked, allExcept }: Pick<GridState, 'picked' | 'allExcept'>,
  id: string,
): boolean {
  return allExcept ? !allExcept.has(id) : picked.has(id);
}

/** The number of selected records in a list with `matched` records. */
export function pickedCount(
  { picked, allExcept }: Pick<GridState, 'picked' | 'allExcept'>,
  matched: number | null,
): number {
  return allExcept ? Math.max(0, (matched ?? 0) - allExcept.size) : picked.size;
}

export function toggleGroup(grid: GridStore, key: string): void {
  grid.setState((state) => {
    const closedGroups = new Set(state.closedGroups);
    if (!closedGroups.delete(key)) closedGroups.add(key);
    return { closedGroups };
  });
}

/** Closes the groups with these keys, and opens all others. */
export function closeGroups(grid: GridStore, keys: readonly string[]): void {
  grid.setState({ closedGroups: new Set(keys) });
}

export function beginEditing(grid: GridStore, text: string | null): void {
  grid.setState({ editing: { text } });
}

export function endEditing(grid: GridStore): void {
  grid.setState({ editing: null });
}

/** A rectangle of cells; all bounds inclusive. */
export interface CellRange {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The selected cells: between anchor and cursor, or the one under the cursor. */
export function rangeOf({
  anchor,
  cursor,
  isCellRange,
}: Pick<GridState, 'anchor' | 'cursor' | 'isCellRange'>): CellRange {
  const start = isCellRange && anchor ? anchor : cursor;
  return {
    top: Math.min(start.row, cursor.row),
    bottom: Math.max(start.row, cursor.row),
    left: Math.min(start.column, cursor.column),
    right: Math.max(start.column, cursor.column),
  };
}

export function hasSeveralCells({ top, bottom, left, right }: CellRange): boolean {
  return bottom > top || right > left;
}

export function sizeOf({ top, bottom, left, right }: CellRange): { rows: number; columns: number } {
  return { rows: bottom - top + 1, columns: right - left + 1 };
}

/** Whether values are selected: a cell or a block. Selected rows, or a range over names alone, are records. */
export function isCellSelection(
  state: Pick<GridState, 'anchor' | 'cursor' | 'isCellRange' | 'picked' | 'allExcept'>,
  columns: readonly Pick<Column, 'isNaming'>[],
): boolean {
  if (state.allExcept !== null || (state.picked.size > 0 && !state.isCellRange)) return false;
  const { left, right } = rangeOf(state);
  return state.picked.size === 0 || right > left || !columns[left]?.isNaming;
}
