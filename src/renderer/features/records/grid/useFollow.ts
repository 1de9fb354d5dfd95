import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Rows } from '../data/rows.ts';
import type { Cursor } from './state.ts';
import { useGridStore, placeOn, setStray, useGrid } from './state.ts';
import { api } from '../../../api/client.ts';
import { showPanel, useListView } from '../../../stores/address.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { reportError } from '../../../ui/notices.tsx';
import { pageSize } from '../data/rows.ts';

interface FollowProps {
  rows: Rows;
  cursor: Cursor;
  virtual: Virtualizer<HTMLDivElement, Element>;
}

const reach = 200;

/** Keeps the cursor in view when it moves, and on its record when rows are added or removed around it. */
export function useFollow({ rows, cursor, virtual }: FollowProps): void {
  const grid = useGridStore();
  const held = useRef<{ row: number; id: string | undefined }>({ row: -1, id: undefined });
  const { row, column } = cursor;
  const id = rows.at(row)?.id;
  useEffect(() => {
    const before = held.current;
    // A re-sorted or filtered list says nothing about the position of earlier rows.
    held.current = { row, id: rows.stale ? undefined : id };
    if (before.row !== row || before.id === undefined || id === before.id || rows.stale) {
      if (before.row !== row && before.row !== -1) virtual.scrollToIndex(row, { align: 'auto' });
      return;
    }
    for (let step = 1; step <= reach; step += 1) {
      const found = [row - step, row + step].find((candidate) => rows.at(candidate)?.id === before.id);
      if (found === undefined) continue;
      held.current = { row: found, id: before.id };
      const { range } = virtual;
      // Scrolls only if the row was visible before.
      if (range && range.startIndex <= row && row <= range.endIndex)
        virtual.scrollToIndex(found, { align: 'auto' });
      grid.setState({ cursor: { row: found, column } });
      return;
    }
  }, [row, column, id, rows, virtual, grid]);
}

/** Milliseconds that the cursor rests before the panel follows: a held arrow key passes many rows. */
const rest = 60;
/** An unread record is searched in steps of this many rows, up to a limit. */
const search = { step: 1000, most: 5000 };

/** The row of a record in a list; -1 if it is not in it, or too far down. */
async function rowOf(query: ListQuery, id: string, signal: AbortSignal): Promise<number> {
  for (let offset = 0; offset < search.most; offset += search.step) {
    const page = await api.entities.list({ ...query, offset, limit: search.step }, { signal });
    const at = page.rows.findIndex((record) => record.id === id);
    if (at >= 0) return offset + at;
    if (offset + search.step >= page.matched) break;
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
  const away = useGrid((state) => state.away);
  const panel = useListView()?.panel ?? null;
  const openId = panel?.kind === 'record' ? panel.id : null;
  const record = rows.at(row);
  const under = record?.id;
  const seen = useRef(moves);
  const lastRecord = useRef<string | null>(null);

  useEffect(() => {
    if (openId === null || openId !== lastRecord.current) seen.current = grid.getState().moves;
    lastRecord.current = null;
  }, [openId, grid]);

  useEffect(() => {
    if (panel?.kind !== 'record') {
      seen.current = moves;
      return undefined;
    }
    if (seen.current === moves || under === undefined) return undefined;
    const follow = (): void => {
      seen.current = moves;
      if (panel.id === under) return;
      lastRecord.current = under;
      showPanel({ ...panel, id: under }, tab);
    };
    const timer = setTimeout(follow, rest);
    return () => clearTimeout(timer);
  }, [moves, under, panel, tab]);

  useEffect(() => {
    if (openId === null || under === openId) setStray(grid, false);
    if (openId === null || under === openId || seen.current !== moves || rows.stale) return;
    const found = rows.find(openId);
    if (found >= 0) placeOn(grid, found);
    else setStray(grid, true);
  }, [openId, under, moves, rows, grid]);

  const { matched, groups } = rows;
  useEffect(() => {
    // A short list has been read completely, so the record is not in it.
    if (!away || openId === null || matched === null || matched <= pageSize || groups) return undefined;
    const looking = new AbortController();
    const look = async (): Promise<void> => {
      const at = await rowOf(query, openId, looking.signal);
      if (at >= 0 && !looking.signal.aborted && grid.getState().away) placeOn(grid, at);
    };
    void look().catch(reportError);
    return () => looking.abort();
  }, [away, openId, query, matched, groups, grid]);
}
