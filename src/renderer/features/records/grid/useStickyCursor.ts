import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Rows } from '../data/rows.ts';
import type { Cursor } from './state.ts';
import { useGridStore, moveToRow, setAway, useGrid } from './state.ts';
import { api } from '../../../api/client.ts';
import { showPanel, useListView } from '../../../stores/address.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { reportError } from '../../../ui/notices.tsx';
import { pageSize } from '../data/rows.ts';

interface StickyCursorProps {
  rows: Rows;
  cursor: Cursor;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
}

const maxShiftedRows = 200;

/** Keeps the cursor in view when it moves, and on its record when rows are added or removed around it. */
export function useStickyCursor({ rows, cursor, virtualizer }: StickyCursorProps): void {
  const grid = useGridStore();
  const heldRecord = useRef<{ row: number; id: string | undefined }>({ row: -1, id: undefined });
  const { row, column } = cursor;
  const id = rows.recordAt(row)?.id;
  useEffect(() => {
    const previous = heldRecord.current;
    // A re-sorted or filtered list says nothing about the position of earlier rows.
    heldRecord.current = { row, id: rows.isStale ? undefined : id };
    if (previous.row !== row || previous.id === undefined || id === previous.id || rows.isStale) {
      if (previous.row !== row && previous.row !== -1) virtualizer.scrollToIndex(row, { align: 'auto' });
      return;
    }
    for (let step = 1; step <= maxShiftedRows; step += 1) {
      const newRow = [row - step, row + step].find(
        (candidate) => rows.recordAt(candidate)?.id === previous.id,
      );
      if (newRow === undefined) continue;
      heldRecord.current = { row: newRow, id: previous.id };
      const { range } = virtualizer;
      // Scrolls only if the row was visible before.
      if (range && range.startIndex <= row && row <= range.endIndex)
        virtualizer.scrollToIndex(newRow, { align: 'auto' });
      grid.setState({ cursor: { row: newRow, column } });
      return;
    }
  }, [row, column, id, rows, virtualizer, grid]);
}

/** Milliseconds that the cursor rests before the panel follows: a held arrow key passes many rows. */
const followDelayMs = 60;
/** A record that is not loaded is searched in steps of `step` rows, among the first `max`. */
const searchLimits = { step: 1000, max: 5000 };

/** The row of a record in a list; -1 if the list does not have the record, or only after the searched rows. */
async function findRow(query: ListQuery, id: string, signal: AbortSignal): Promise<number> {
  for (let offset = 0; offset < searchLimits.max; offset += searchLimits.step) {
    const page = await api.entities.list({ ...query, offset, limit: searchLimits.step }, { signal });
    const index = page.rows.findIndex((record) => record.id === id);
    if (index >= 0) return offset + index;
    if (offset + searchLimits.step >= page.matched) break;
  }
  return -1;
}

/**
 * Synchronises the cursor and the open record: the panel follows the cursor, and the cursor follows a record opened elsewhere. Added or
 * removed rows do not change the open record. If the record is not in the list, no row is the subject of commands.
 */
export function useOpenRow(query: ListQuery, rows: Rows): void {
  const tab = useTabId();
  const grid = useGridStore();
  const row = useGrid((state) => state.cursor.row);
  const moves = useGrid((state) => state.moves);
  const isAway = useGrid((state) => state.isAway);
  const panel = useListView()?.panel ?? null;
  const openId = panel?.kind === 'record' ? panel.id : null;
  const record = rows.recordAt(row);
  const cursorId = record?.id;
  // The value of `moves` up to which the panel follows the cursor.
  const handledMoves = useRef(moves);
  const lastOpenedId = useRef<string | null>(null);

  useEffect(() => {
    if (openId === null || openId !== lastOpenedId.current) handledMoves.current = grid.getState().moves;
    lastOpenedId.current = null;
  }, [openId, grid]);

  useEffect(() => {
    if (panel?.kind !== 'record') {
      handledMoves.current = moves;
      return undefined;
    }
    if (handledMoves.current === moves || cursorId === undefined) return undefined;
    const showCursorRecord = (): void => {
      handledMoves.current = moves;
      if (panel.id === cursorId) return;
      lastOpenedId.current = cursorId;
      showPanel({ ...panel, id: cursorId }, tab);
    };
    const timer = setTimeout(showCursorRecord, followDelayMs);
    return () => clearTimeout(timer);
  }, [moves, cursorId, panel, tab]);

  useEffect(() => {
    if (openId === null || cursorId === openId) setAway(grid, false);
    if (openId === null || cursorId === openId || handledMoves.current !== moves || rows.isStale) return;
    const openRow = rows.indexOf(openId);
    if (openRow >= 0) moveToRow(grid, openRow);
    else setAway(grid, true);
  }, [openId, cursorId, moves, rows, grid]);

  const { matched, groups } = rows;
  useEffect(() => {
    // A short list has been read completely, so the record is not in it.
    if (!isAway || openId === null || matched === null || matched <= pageSize || groups) return undefined;
    const controller = new AbortController();
    const searchRow = async (): Promise<void> => {
      const index = await findRow(query, openId, controller.signal);
      if (index >= 0 && !controller.signal.aborted && grid.getState().isAway) moveToRow(grid, index);
    };
    void searchRow().catch(reportError);
    return () => controller.abort();
  }, [isAway, openId, query, matched, groups, grid]);
}
