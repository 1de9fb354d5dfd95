import { useEffect, useRef } from 'react';
import { api } from '../../../api/client.ts';
import { showPanel, useListView } from '../../../stores/address.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { report } from '../../../ui/notices.tsx';
import { pageSize } from '../data/rows.ts';
import type { Rows } from '../data/rows.ts';
import { placeOn, stray, useGrid, useGridStore } from './state.ts';

/** How long the cursor rests before the panel comes along, in milliseconds: an arrow key that is held runs past many. */
const rest = 60;
/** A record that was not read yet is looked for in steps of so many rows, at most so far. */
const search = { step: 1000, most: 5000 };

/** The row of a record in a list, or -1 when it is not in it, or too far down. */
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
 * Keeps the cursor and the record that is open together. Where the person moves the cursor, the panel follows; where a record is
 * opened by other means, the cursor goes to its row. Rows that come or go never change what is open. A record that is not in the
 * list leaves the cursor away: then no row is meant.
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
  /** Moves that the panel has followed, and the record that it came to by following. */
  const seen = useRef(moves);
  const followed = useRef<string | null>(null);

  useEffect(() => {
    if (openId === null || openId !== followed.current) seen.current = grid.getState().moves;
    followed.current = null;
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
      followed.current = under;
      showPanel({ ...panel, id: under }, tab);
    };
    const timer = setTimeout(follow, rest);
    return () => clearTimeout(timer);
  }, [moves, under, panel, tab]);

  useEffect(() => {
    if (openId === null || under === openId) stray(grid, false);
    if (openId === null || under === openId || seen.current !== moves || rows.stale) return;
    const found = rows.find(openId);
    if (found >= 0) placeOn(grid, found);
    else stray(grid, true);
  }, [openId, under, moves, rows, grid]);

  const { matched, groups } = rows;
  useEffect(() => {
    // What is short was read whole: a record that was not found there is not in it.
    if (!away || openId === null || matched === null || matched <= pageSize || groups) return undefined;
    const looking = new AbortController();
    const look = async (): Promise<void> => {
      const at = await rowOf(query, openId, looking.signal);
      if (at >= 0 && !looking.signal.aborted && grid.getState().away) placeOn(grid, at);
    };
    void look().catch(report);
    return () => looking.abort();
  }, [away, openId, query, matched, groups, grid]);
}
