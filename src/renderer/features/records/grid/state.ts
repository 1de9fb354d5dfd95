import { create } from 'zustand';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Cursor } from './keys.ts';

interface GridState {
  cursor: Cursor;
  /** Where a selection with Shift began; null when none did. */
  anchor: number | null;
  /** Records that are picked, by id; what a command acts on besides the one under the cursor. */
  picked: ReadonlyMap<string, EntityRecord>;
  /** The cell under the cursor is being edited; `text` takes the place of what is there. */
  editing: { text: string | null } | null;
}

const start: GridState = { cursor: { row: 0, column: 0 }, anchor: null, picked: new Map(), editing: null };

/** Where one is in the grid that is shown. It begins anew with every list. */
export const useGrid = create<GridState>()(() => start);

export function resetGrid(): void {
  useGrid.setState(start);
}

/** Moves the cursor; what was picked is let go unless the move extends it. */
export function moveTo(cursor: Cursor): void {
  useGrid.setState({ cursor, anchor: null, picked: new Map(), editing: null });
}

/** Picks a record, or lets it go; the cursor goes there. */
export function togglePick(record: EntityRecord, cursor: Cursor): void {
  useGrid.setState(({ picked }) => {
    const next = new Map(picked);
    if (!next.delete(record.id)) next.set(record.id, record);
    return { picked: next, cursor, anchor: cursor.row, editing: null };
  });
}

/** Picks the records between the anchor and the cursor's new place. */
export function extendTo(
  cursor: Cursor,
  recordsBetween: (from: number, to: number) => readonly EntityRecord[],
): void {
  useGrid.setState((state) => {
    const anchor = state.anchor ?? state.cursor.row;
    const records = recordsBetween(anchor, cursor.row);
    return { cursor, anchor, picked: new Map(records.map((record) => [record.id, record])), editing: null };
  });
}

export function pickOnly(records: readonly EntityRecord[]): void {
  useGrid.setState({ picked: new Map(records.map((record) => [record.id, record])), editing: null });
}

export function beginEditing(text: string | null): void {
  useGrid.setState({ editing: { text } });
}

export function endEditing(): void {
  useGrid.setState({ editing: null });
}
