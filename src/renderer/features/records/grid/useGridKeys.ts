import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Rows } from '../data/rows.ts';
import type { PlacedColumn } from '../place.ts';
import { actionFor } from './keys.ts';
import type { Cursor, GridAction, GridShape } from './keys.ts';
import { isWide, meansCells, rangeOf } from './range.ts';
import { stretch } from './stretch.ts';
import { beginEditing, letGo, moveOn, moveTo, toggleGroup, togglePick } from './state.ts';
import type { GridStore } from './state.ts';

export interface GridDeeds {
  open: (record: EntityRecord) => void;
  /** Opens a record in a tab of its own. */
  openAlone: (record: EntityRecord) => void;
  remove: () => void;
  pickAll: () => void;
  /** Picks the rows of the cells that are selected. */
  pickRows: () => void;
  /** Empties the cells that are selected. */
  empty: () => void;
  fillDown: () => void;
  copy: (data: DataTransfer) => void;
  paste: (text: string) => void;
  /** Says why a record cannot be edited. True when it cannot. */
  refuse: (record: EntityRecord) => boolean;
  /** Esc with nothing picked. */
  leave: () => void;
}

export interface KeyedGrid {
  grid: GridStore;
  rows: Rows;
  columns: readonly PlacedColumn[];
  shape: GridShape;
  /** Deleted records are not edited. */
  editable: boolean;
  deeds: GridDeeds;
}

function move(keyed: KeyedGrid, { to, extend, keep }: Extract<GridAction, { kind: 'move' }>): void {
  if (extend) stretch(keyed, to, 'names');
  else if (keep) moveOn(keyed.grid, to);
  else moveTo(keyed.grid, to);
}

function edit(keyed: KeyedGrid, record: EntityRecord | undefined, text: string | null): boolean {
  const { grid, columns, editable, deeds } = keyed;
  if (!record || !editable || !columns[grid.getState().cursor.column]?.field) return false;
  if (!deeds.refuse(record)) beginEditing(grid, text);
  return true;
}

function act(action: GridAction, keyed: KeyedGrid): boolean {
  const { grid, rows, deeds } = keyed;
  const state = grid.getState();
  const { cursor, away } = state;
  const record = away ? undefined : rows.at(cursor.row);
  const group = away ? undefined : rows.group(cursor.row);
  switch (action.kind) {
    case 'move':
      move(keyed, action);
      return true;
    case 'edit':
      return edit(keyed, record, action.text);
    case 'empty':
      if (!isWide(rangeOf(state))) return edit(keyed, record, '');
      deeds.empty();
      return true;
    case 'open':
      if (record) deeds.open(record);
      else if (group) toggleGroup(grid, group.key);
      return true;
    case 'open-alone':
      if (record) deeds.openAlone(record);
      else if (group) toggleGroup(grid, group.key);
      return true;
    case 'remove':
      // As in a spreadsheet: on cells it empties them, on whole rows it deletes the records.
      if (!meansCells(state, keyed.columns)) deeds.remove();
      else if (record || isWide(rangeOf(state))) deeds.empty();
      return true;
    case 'remove-records':
      deeds.remove();
      return true;
    case 'pick':
      if (record) togglePick(grid, record, cursor);
      else if (group) toggleGroup(grid, group.key);
      return true;
    case 'pick-rows':
      deeds.pickRows();
      return true;
    case 'pick-all':
      deeds.pickAll();
      return true;
    case 'fill-down':
      deeds.fillDown();
      return true;
    case 'leave':
      if (state.picked.size > 0 || state.allBut || isWide(rangeOf(state))) letGo(grid);
      else deeds.leave();
      return true;
  }
}

/** What keys do in the grid. */
export function onGridKey(event: KeyboardEvent, keyed: KeyedGrid): void {
  const state = keyed.grid.getState();
  const { editing, cursor, picked, allBut } = state;
  if (event.defaultPrevented || event.nativeEvent.isComposing || editing) return;
  // Buttons within the grid (its header) answer to their own keys.
  if (event.target !== event.currentTarget) return;
  const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const picking = (picked.size > 0 || allBut !== null) && !meansCells(state, keyed.columns);
  const action = actionFor(event, cursor, { ...keyed.shape, picking });
  if (!action) return;
  const folded = sideways && action.kind === 'move' && !action.extend && foldWith(event.key, keyed, cursor);
  if (!folded && !act(action, keyed)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** On the line of a group Left closes it and Right opens it; true when it did. */
function foldWith(key: string, { grid, rows }: KeyedGrid, cursor: Cursor): boolean {
  const group = grid.getState().away ? undefined : rows.group(cursor.row);
  if (!group || group.closed !== (key === 'ArrowRight')) return false;
  toggleGroup(grid, group.key);
  return true;
}
