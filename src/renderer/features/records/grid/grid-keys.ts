import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Rows } from '../data/rows.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { editedField } from '../columns.ts';
import {
  hasSeveralCells,
  isCellSelection,
  rangeOf,
  beginEditing,
  clearSelection,
  moveKeepingPicks,
  moveTo,
  toggleGroup,
  togglePick,
  clampCursor,
} from './state.ts';
import type { RowActions } from '../useGridActions.ts';
import { extendSelection } from './grid-mouse.ts';
import type { GridStore, Cursor } from './state.ts';

type GridAction =
  | { kind: 'move'; to: Cursor; extend: boolean; keepsPicks: boolean }
  | { kind: 'edit'; text: string | null }
  /** Empties several selected cells; a single one is edited, with an empty text. */
  | { kind: 'empty' }
  | { kind: 'open' | 'open-alone' }
  | { kind: 'remove' | 'pick' | 'leave' | keyof typeof actionNames };

interface GridShape {
  rows: number;
  columns: number;
  page: number;
  hasPickedRows?: boolean;
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

function targetCell(
  key: string,
  isToEdge: boolean,
  { row, column }: Cursor,
  { rows, columns, page }: GridShape,
): Cursor | null {
  switch (key) {
    case 'ArrowUp':
      return { row: isToEdge ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: isToEdge ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: isToEdge ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: isToEdge ? columns - 1 : column + 1 };
    case 'Home':
      return { row: isToEdge ? 0 : row, column: 0 };
    case 'End':
      return { row: isToEdge ? rows - 1 : row, column: columns - 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    default:
      return null;
  }
}

const isRowStep = (key: string): boolean => key === 'ArrowUp' || key === 'ArrowDown';

/** Named keys such as `Tab` and `F5` begin with a capital and are longer than a character. */
const isCharacter = (key: string): boolean => !/^[A-Z][A-Za-z0-9]+$/.test(key);

function modAction(key: string, hasShift: boolean): GridAction | null {
  if (hasShift) return null;
  if (key === 'a') return { kind: 'pick-all' };
  if (key === ' ') return { kind: 'pick' };
  if (key === 'delete' || key === 'backspace') return { kind: 'remove-records' };
  return key === 'd' ? { kind: 'fill-down' } : null;
}

/** The action of a key in a grid that is not being edited; null for none. */
export function actionFor(event: KeyPress, cursor: Cursor, shape: GridShape): GridAction | null {
  const hasMod = event.ctrlKey || event.metaKey;
  if (event.altKey) return null;
  // With selected rows, Ctrl moves row by row and keeps the selection.
  const keepsPicks = hasMod && !event.shiftKey && shape.hasPickedRows === true;
  const isToEdge = hasMod && !(keepsPicks && isRowStep(event.key));
  const to = targetCell(event.key, isToEdge, cursor, shape);
  if (to) return { kind: 'move', to: clampCursor(to, shape), extend: event.shiftKey, keepsPicks };
  if (hasMod) return modAction(event.key.toLowerCase(), event.shiftKey);
  if (event.key === 'Enter') return { kind: event.shiftKey ? 'open' : 'open-alone' };
  if (event.key === 'F2') return { kind: 'edit', text: null };
  if (event.key === 'Backspace') return { kind: 'empty' };
  if (event.key === 'Delete') return { kind: 'remove' };
  if (event.key === ' ') return { kind: event.shiftKey ? 'pick-rows' : 'pick' };
  if (event.key === 'Escape') return { kind: 'leave' };
  return isCharacter(event.key) ? { kind: 'edit', text: event.key } : null;
}

export interface GridActions extends Omit<RowActions, 'refusalOf' | 'copyRows' | 'copySelection'> {
  remove: () => unknown;
}

interface KeyContext {
  grid: GridStore;
  rows: Rows;
  columns: readonly PlacedColumn[];
  shape: GridShape;
  /** Deleted records are not editable. */
  editable: boolean;
  actions: GridActions;
}

function moveCursor(
  context: KeyContext,
  { to, extend, keepsPicks }: Extract<GridAction, { kind: 'move' }>,
): void {
  if (extend) extendSelection(context, to, 'names');
  else if (keepsPicks) moveKeepingPicks(context.grid, to);
  else moveTo(context.grid, to);
}

function startEditing(context: KeyContext, record: EntityRecord | undefined, text: string | null): boolean {
  const { grid, columns, editable, actions } = context;
  const column = columns[grid.getState().cursor.column];
  if (!record || !editable || !column || !editedField(column)) return false;
  if (!actions.reportIfLocked(record)) beginEditing(grid, text);
  return true;
}

const actionNames = {
  'remove-records': 'remove',
  'pick-rows': 'pickRows',
  'pick-all': 'pickAll',
  'fill-down': 'fillDown',
} as const;

/** Returns whether the key is used. */
function runAction(action: GridAction, context: KeyContext): boolean {
  const { grid, rows, actions } = context;
  const state = grid.getState();
  const { cursor, isAway } = state;
  const record = isAway ? undefined : rows.recordAt(cursor.row);
  const group = isAway ? undefined : rows.groupAt(cursor.row);
  switch (action.kind) {
    case 'move':
      moveCursor(context, action);
      return true;
    case 'edit':
      return startEditing(context, record, action.text);
    case 'empty':
      if (!hasSeveralCells(rangeOf(state))) return startEditing(context, record, '');
      void actions.emptyCells();
      return true;
    case 'open':
    case 'open-alone':
    case 'pick':
      if (group) toggleGroup(grid, group.key);
      else if (record && action.kind === 'pick') togglePick(grid, record, cursor);
      else if (record) (action.kind === 'open' ? actions.open : actions.openPage)(record);
      return true;
    case 'remove':
      // As in spreadsheets: empties cells, but deletes whole rows.
      if (!isCellSelection(state, context.columns)) void actions.remove();
      else if (record || hasSeveralCells(rangeOf(state))) void actions.emptyCells();
      return true;
    case 'leave':
      if (state.picked.size > 0 || state.allExcept || hasSeveralCells(rangeOf(state))) clearSelection(grid);
      else actions.closePanel();
      return true;
    default:
      void actions[actionNames[action.kind]]();
      return true;
  }
}

export function onGridKey(event: KeyboardEvent, context: KeyContext): void {
  const state = context.grid.getState();
  const { editing, cursor, picked, allExcept } = state;
  if (event.defaultPrevented || event.nativeEvent.isComposing || editing) return;
  // Buttons in the header handle their own keys.
  if (event.target !== event.currentTarget) return;
  const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const hasPickedRows = (picked.size > 0 || allExcept !== null) && !isCellSelection(state, context.columns);
  const action = actionFor(event, cursor, { ...context.shape, hasPickedRows });
  if (!action) return;
  const hasFolded =
    isSideways && action.kind === 'move' && !action.extend && foldByKey(event.key, context, cursor);
  if (!hasFolded && !runAction(action, context)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Opens or closes the group at the cursor. Returns whether it did. */
function foldByKey(key: string, { grid, rows }: KeyContext, cursor: Cursor): boolean {
  const group = grid.getState().isAway ? undefined : rows.groupAt(cursor.row);
  if (!group || group.isClosed !== (key === 'ArrowRight')) return false;
  toggleGroup(grid, group.key);
  return true;
}
