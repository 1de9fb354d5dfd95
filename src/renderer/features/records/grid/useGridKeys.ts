import type { KeyboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Rows } from '../data/useRows.ts';
import type { PlacedColumn } from '../layout.ts';
import { actionFor, span } from './keys.ts';
import type { GridAction, GridShape } from './keys.ts';
import { beginEditing, extendTo, letGo, moveTo, togglePick, useGrid } from './state.ts';

export interface GridDeeds {
  open: (record: EntityRecord) => void;
  remove: () => void;
  pickAll: () => void;
  /** Esc with nothing picked. */
  leave: () => void;
}

interface Grid {
  rows: Rows;
  columns: readonly PlacedColumn[];
  shape: GridShape;
  /** Deleted records are not edited. */
  editable: boolean;
  deeds: GridDeeds;
}

/** The records of some rows, as far as they are there. */
export function recordsOf(rows: Rows, from: number, to: number): readonly EntityRecord[] {
  return span(from, to).flatMap((row) => rows.at(row) ?? []);
}

function act(action: GridAction, { rows, columns, editable, deeds }: Grid): boolean {
  const { cursor, picked, away } = useGrid.getState();
  const record = away ? undefined : rows.at(cursor.row);
  switch (action.kind) {
    case 'move':
      if (action.extend) extendTo(action.to, (from, to) => recordsOf(rows, from, to));
      else moveTo(action.to);
      return true;
    case 'edit':
      if (!record || !editable || !columns[cursor.column]?.field) return false;
      beginEditing(action.text);
      return true;
    case 'open':
      if (record) deeds.open(record);
      return true;
    case 'remove':
      deeds.remove();
      return true;
    case 'pick':
      if (record) togglePick(record, cursor);
      return true;
    case 'pick-all':
      deeds.pickAll();
      return true;
    case 'leave':
      if (picked.size > 0) letGo();
      else deeds.leave();
      return true;
  }
}

/** What keys do in the grid. */
export function onGridKey(event: KeyboardEvent, grid: Grid): void {
  if (event.defaultPrevented || event.nativeEvent.isComposing || useGrid.getState().editing) return;
  // Buttons within the grid (its header) answer to their own keys.
  if (event.target !== event.currentTarget) return;
  const action = actionFor(event, useGrid.getState().cursor, grid.shape);
  if (!action || !act(action, grid)) return;
  event.preventDefault();
  event.stopPropagation();
}
