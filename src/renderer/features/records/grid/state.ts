import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { EntityRecord } from '#shared/contract/record.ts';
import { tabIds } from '../../../stores/tabs/layout.ts';
import { frontTab, useTabId, useTabs } from '../../../stores/tabs/store.ts';
import type { Column } from '../columns.ts';

/** The grid's active cell: row and column by number, from 0. */
export interface Cursor {
  row: number;
  column: number;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The cell within the grid that lies nearest to `cursor`. */
export function within(cursor: Cursor, { rows, columns }: { rows: number; columns: number }): Cursor {
  return { row: clamp(cursor.row, rows), column: clamp(cursor.column, columns) };
}

export interface GridState {
  cursor: Cursor;
  anchor: Cursor | null;
  /** The selection began on cells: it is a range of them, not only its rows. */
  cells: boolean;
  picked: ReadonlyMap<string, EntityRecord>;
  /** Every record of the list is picked, read or not, save those with these ids. Null when it is not so. */
  allBut: ReadonlySet<string> | null;
  closed: ReadonlySet<string>;
  editing: { text: string | null } | null;
  /** How often the person has moved the cursor: rows that come and go around it move it too, but do not count. */
  moves: number;
  /** A record is open that the cursor is not on: no row is the one meant until the cursor is moved. */
  away: boolean;
  list: { type: string; text: string };
  left: ReadonlyMap<string, GridState>;
}

export type GridStore = StoreApi<GridState>;

const start: Omit<GridState, 'moves' | 'list' | 'left'> = {
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

/** Where one is in the grid of a tab; without one, of the tab in front. */
export function gridOf(tab: string = frontTab()): GridStore {
  const present = grids.get(tab);
  if (present) return present;
  const grid = createStore<GridState>()(() => {
    return { ...start, moves: 0, list: { type: '', text: '' }, left: new Map() };
  });
  const kept = tabIds(useTabs.getState());
  for (const old of grids.keys()) if (!kept.has(old)) grids.delete(old);
  grids.set(tab, grid);
  return grid;
}

export function useGridStore(): GridStore {
  return gridOf(useTabId());
}

/**
 * Begins a list: as it was left when it is the one of its type that was left last, else anew. True when it begins anew, at the top
 * and with nothing picked.
 */
export function beginGrid(grid: GridStore, type: string, text: string): boolean {
  const state = grid.getState();
  if (state.list.type === type && state.list.text === text) return false;
  const left = new Map(state.left);
  left.set(state.list.type, { ...state, left: new Map() });
  const before = left.get(type);
  const again = before?.list.text === text ? before : undefined;
  grid.setState({ ...start, ...again, moves: state.moves, editing: null, list: { type, text }, left });
  return again === undefined;
}

/** A part of the state of the grid in the component's tab; the component is drawn again when it changes. */
export function useGrid<T>(part: (state: GridState) => T): T {
  return useStore(useGridStore(), part);
}

type Moved = Pick<GridState, 'moves' | 'away' | 'editing' | 'allBut'>;

const moved = ({ moves }: GridState): Moved => ({
  moves: moves + 1,
  away: false,
  editing: null,
  allBut: null,
});

/** Moves the cursor; what was picked is let go. */
export function moveTo(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({ ...moved(state), cursor, anchor: null, cells: false, picked: new Map() }));
}

/** Moves the cursor; what is picked stays so. */
export function moveOn(grid: GridStore, cursor: Cursor): void {
  grid.setState((state) => ({ ...moved(state), allBut: state.allBut, cursor, anchor: null, cells: false }));
}

/** Lets go of what was picked; the cursor stays. */
export function letGo(grid: GridStore): void {
  grid.setState({ anchor: null, cells: false, picked: new Map(), allBut: null, editing: null });
}

/** Puts the cursor on the row of the record that is open. */
export function placeOn(grid: GridStore, row: number): void {
  grid.setState(({ cursor }) => ({ cursor: { row, column: cursor.column }, away: false }));
}

/** Says whether a record is open that the cursor is not on. */
export function stray(grid: GridStore, away: boolean): void {
  if (grid.getState().away !== away) grid.setState({ away });
}

/** Picks a record, or lets it go; the cursor goes there. */
export function togglePick(grid: GridStore, record: EntityRecord, cursor: Cursor): void {
  grid.setState((state) => {
    const at = { cursor, anchor: cursor, cells: false };
    if (state.allBut) {
      const allBut = new Set(state.allBut);
      if (!allBut.delete(record.id)) allBut.add(record.id);
      return { ...moved(state), ...at, allBut };
    }
    const picked = new Map(state.picked);
    if (!picked.delete(record.id)) picked.set(record.id, record);
    return { ...moved(state), ...at, picked };
  });
}

/** Stretches the selection from where it began to `cursor`: over cells, or over whole rows, which come to those that are picked already. */
export function stretchTo(
  grid: GridStore,
  cursor: Cursor,
  cells: boolean,
  records: readonly EntityRecord[],
): void {
  grid.setState((state) => {
    const anchor = state.anchor ?? state.cursor;
    // Some cells of one row are no selection of records.
    const stretched = cells && anchor.row === cursor.row ? [] : records;
    const picked = new Map(cells || state.cells ? [] : state.picked);
    for (const record of stretched) picked.set(record.id, record);
    return { ...moved(state), cursor, anchor, cells, picked };
  });
}

/** Picks these records and no others; what was a range of cells is one of rows. */
export function pickOnly(grid: GridStore, records: readonly EntityRecord[]): void {
  grid.setState({
    picked: new Map(records.map((record) => [record.id, record])),
    allBut: null,
    cells: false,
    editing: null,
  });
}

/** Picks every record of the list, read or not. */
export function pickEverything(grid: GridStore): void {
  grid.setState({ picked: new Map(), allBut: new Set(), anchor: null, cells: false, editing: null });
}

/** Lets go of picked records that are not there any more. */
export function dropPicks(grid: GridStore, gone: ReadonlySet<string>): void {
  grid.setState(({ picked }) => ({ picked: new Map([...picked].filter(([id]) => !gone.has(id))) }));
}

/** Whether a record is picked. */
export function isPicked({ picked, allBut }: Pick<GridState, 'picked' | 'allBut'>, id: string): boolean {
  return allBut ? !allBut.has(id) : picked.has(id);
}

/** How many are picked of a list in which `matched` match. */
export function pickedCount(
  { picked, allBut }: Pick<GridState, 'picked' | 'allBut'>,
  matched: number | null,
): number {
  return allBut ? Math.max(0, (matched ?? 0) - allBut.size) : picked.size;
}

/** Opens a group that is closed, or closes it. */
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
export function isCellSelection(
  state: Pick<GridState, 'anchor' | 'cursor' | 'cells' | 'picked' | 'allBut'>,
  columns: readonly Pick<Column, 'naming'>[],
): boolean {
  if (state.allBut !== null || (state.picked.size > 0 && !state.cells)) return false;
  const { left, right } = rangeOf(state);
  return state.picked.size === 0 || right > left || !columns[left]?.naming;
}
