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
  /** How often the person has moved the cursor: rows that come and go around it move it too, but do not count. */
  moves: number;
  /** A record is open that the cursor is not on: no row is the one meant until the cursor is moved. */
  away: boolean;
}

const start: Omit<GridState, 'moves'> = {
  cursor: { row: 0, column: 0 },
  anchor: null,
  picked: new Map(),
  editing: null,
  away: false,
};

/** Where one is in the grid that is shown. It begins anew with every list. */
export const useGrid = create<GridState>()(() => ({ ...start, moves: 0 }));

export function resetGrid(): void {
  useGrid.setState(start);
}

const moved = ({ moves }: GridState): Pick<GridState, 'moves' | 'away' | 'editing'> => ({
  moves: moves + 1,
  away: false,
  editing: null,
});

/** Moves the cursor; what was picked is let go unless the move extends it. */
export function moveTo(cursor: Cursor): void {
  useGrid.setState((state) => ({ ...moved(state), cursor, anchor: null, picked: new Map() }));
}

/** Lets go of what was picked; the cursor stays. */
export function letGo(): void {
  useGrid.setState({ anchor: null, picked: new Map(), editing: null });
}

/** Puts the cursor on the row of the record that is open. */
export function placeOn(row: number): void {
  useGrid.setState(({ cursor }) => ({ cursor: { row, column: cursor.column }, away: false }));
}

/** Says whether a record is open that the cursor is not on. */
export function stray(away: boolean): void {
  if (useGrid.getState().away !== away) useGrid.setState({ away });
}

/** Picks a record, or lets it go; the cursor goes there. */
export function togglePick(record: EntityRecord, cursor: Cursor): void {
  useGrid.setState((state) => {
    const next = new Map(state.picked);
    if (!next.delete(record.id)) next.set(record.id, record);
    return { ...moved(state), picked: next, cursor, anchor: cursor.row };
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
    return { ...moved(state), cursor, anchor, picked: new Map(records.map((record) => [record.id, record])) };
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
