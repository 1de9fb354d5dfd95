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
  cells: boolean;
  picked: ReadonlyMap<string, EntityRecord>;
  /** All records of the list are selected, read or not, except these ids. Null otherwise. */
  allBut: ReadonlySet<string> | null;
  closed: ReadonlySet<string>;
  editing: { text: string | null } | null;
  /** How often the person moved the cursor; moves caused by changed rows do not count. */
  moves: number;
  /** The open record is not in the list, so no row is the subject of commands until the cursor moves. */
  away: boolean;
  list: { type: string; text: string };
  left: ReadonlyMap<string, GridState>;
}

export type GridStore = StoreApi<GridState>;

const emptyState: Omit<GridState, 'moves' | 'list' | 'left'> = {
  cursor: { row: 0, column: 0 },
  anchor: null,
  cells: false,
  picked: new Map(),
  allBut: null,
  closed: new Set(),
  editing: null,
  away: false,
};

const grids = new Map<string, GridStore>();
atStart(() => grids.clear());

/** The grid state of a tab, by default the front one. */
export function gridOf(tab: string = frontTab()): GridStore {
  const existing = grids.get(tab);
  if (existing) return existing;
  const grid = createStore<GridState>()(() => {
    return { ...emptyState, moves: 0, list: { type: '', text: '' }, left: new Map() };
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
export function openList(grid: GridStore, type: string, text: string): boolean {
  const state = grid.getState();
  if (state.list.type === type && state.list.text === text) return false;
  const leftLists = new Map(state.left);
  leftLists.set(state.list.type, { ...state, left: new Map() });
  const leftList = leftLists.get(type);
  const restored = leftList?.list.text === text ? leftList : undefined;
  grid.setState({
    ...emptyState,
    ...restored,
    moves: state.moves,
    editing: null,
    list: { type, text },
    left: leftLists,
  });
  return restored === undefined;
}

/** Selects from the grid state of the component's tab. Reactive. */
export function useGrid<T>(selector: (state: GridState) => T): T {
  return useStore(useGridStore(), selector);
}

type MoveChange = Pick<GridState, 'moves' | 'away' | 'editing' | 'allBut'>;

const afterMove = ({ moves }: GridState): MoveChange => ({
  moves: moves + 1,
  away: false,
  editing: null,
  allBut: null,
});

export function moveTo(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({ ...afterMove(state), cursor, anchor: null, cells: false, picked: new Map() }));
}

export function moveKeepingPicks(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({
    ...afterMove(state),
    allBut: state.allBut,
    cursor,
    anchor: null,
    cells: false,
  }));
}

export function clearSelection(grid: GridStore): void {
  grid.setState({ anchor: null, cells: false, picked: new Map(), allBut: null, editing: null });
}

/** Moves the cursor to the row of the open record. */
export function moveToRow(grid: GridStore, row: number): void {
  grid.setState(({ cursor }) => ({ cursor: { row, column: cursor.column }, away: false }));
}

export function setAway(grid: GridStore, away: boolean): void {
  if (grid.getState().away !== away) grid.setState({ away });
}

export function togglePick(grid: GridStore, record: EntityRecord, cursor: Cursor): void {
  grid.setState((state) => {
    const position = { cursor, anchor: cursor, cells: false };
    if (state.allBut) {
      const allBut = new Set(state.allBut);
      if (!allBut.delete(record.id)) allBut.add(record.id);
      return { ...afterMove(state), ...position, allBut };
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
    const picked = new Map(isCellRange || state.cells ? [] : state.picked);
    for (const record of addedRecords) picked.set(record.id, record);
    return { ...afterMove(state), cursor, anchor, cells: isCellRange, picked };
  });
}

/** Selects exactly these records, replacing a range of cells. */
export function pickOnly(grid: GridStore, records: readonly EntityRecord[]): void {
  grid.setState({
    picked: new Map(records.map((record) => [record.id, record])),
    allBut: null,
    cells: false,
    editing: null,
  });
}

/** Selects every record of the list, read or not. */
export function pickEverything(grid: GridStore): void {
  grid.setState({ picked: new Map(), allBut: new Set(), anchor: null, cells: false, editing: null });
}

export function dropPicks(grid: GridStore, ids: ReadonlySet<string>): void {
  grid.setState(({ picked }) => ({ picked: new Map([...picked].filter(([id]) => !ids.has(id))) }));
}

export function isPicked({ picked, allBut }: Pick<GridState, 'picked' | 'allBut'>, id: string): boolean {
  return allBut ? !allBut.has(id) : picked.has(id);
}

/** The number of selected records in a list with `matched` records. */
export function pickedCount(
  { picked, allBut }: Pick<GridState, 'picked' | 'allBut'>,
  matched: number | null,
): number {
  return allBut ? Math.max(0, (matched ?? 0) - allBut.size) : picked.size;
}

export function toggleGroup(grid: GridStore, key: string): void {
  grid.setState((state) => {
    const closed = new Set(state.closed);
    if (!closed.delete(key)) closed.add(key);
    return { closed };
  });
}

export function closeGroups(grid: GridStore, keys: readonly string[]): void {
  grid.setState({ closed: new Set(keys) });
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

export function hasSeveralCells({ top, bottom, left, right }: CellRange): boolean {
  return bottom > top || right > left;
}

export function sizeOf({ top, bottom, left, right }: CellRange): { rows: number; columns: number } {
  return { rows: bottom - top + 1, columns: right - left + 1 };
}

/**
 * Whether the selection consists of values rather than records: a cell or a block. Selected rows, or a range over names alone, are records.
 */
export function isCellSelection(
  state: Pick<GridState, 'anchor' | 'cursor' | 'cells' | 'picked' | 'allBut'>,
  columns: readonly Pick<Column, 'naming'>[],
): boolean {
  if (state.allBut !== null || (state.picked.size > 0 && !state.cells)) return false;
  const { left, right } = rangeOf(state);
  return state.picked.size === 0 || right > left || !columns[left]?.naming;
}
