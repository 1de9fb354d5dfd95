import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';

/** Rows that are read at a time. */
export const pageSize = 200;
/** While somebody scrolls fast, pages are only asked for after this rest, in milliseconds. */
const rest = 60;

export interface Page {
  rows: readonly EntityRecord[];
  matched: number;
  total: number;
}

export interface Rows {
  /** The record of a row, or undefined while it is on its way. */
  at: (row: number) => EntityRecord | undefined;
  /** The row of a record among those that were read, or -1. */
  find: (id: string) => number;
  /** How many match; null until that is known. */
  matched: number | null;
  total: number | null;
  /** What is shown belongs to what was asked before; the new answer is on its way. */
  stale: boolean;
  error: unknown;
  retry: () => void;
}

/** The pages that rows `first` to `last` lie on, and those that come next in both directions. */
export function pagesOf(first: number, last: number): readonly number[] {
  const margin = pageSize / 4;
  const from = Math.max(0, Math.floor((first - margin) / pageSize));
  const to = Math.max(from, Math.floor((last + margin) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What a list view asks for. */
export function queryOf({ type, search, filters, sort, deleted }: ListView): ListQuery {
  return { type, search, filters: [...filters], sort: [...sort], deleted };
}

/** How a page of a list is read. */
export function pageOptions(query: ListQuery, page: number) {
  return {
    queryKey: keys.page(query, page),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
      api.entities.list({ ...query, offset: page * pageSize, limit: pageSize }, { signal }),
  };
}

/** The pages that are wanted, following the rows on the screen only when they have come to rest. */
function useWantedPages(first: number, last: number, key: string): readonly number[] {
  const now = pagesOf(first, last);
  const [settled, setSettled] = useState(now);
  const text = now.join();
  const lastKey = useRef(key);
  useEffect(() => {
    const wanted = text.split(',').map(Number);
    if (lastKey.current !== key) {
      lastKey.current = key;
      setSettled(wanted);
      return undefined;
    }
    const timer = setTimeout(() => setSettled(wanted), rest);
    return () => clearTimeout(timer);
  }, [text, key]);
  return settled;
}

function cached(client: QueryClient, query: ListQuery, page: number): Page | undefined {
  return client.getQueryData<Page>(keys.page(query, page));
}

function rowIn(client: QueryClient, query: ListQuery, matched: number, id: string): number {
  for (let page = 0; page * pageSize < matched; page += 1) {
    const at = cached(client, query, page)?.rows.findIndex((record) => record.id === id) ?? -1;
    if (at >= 0) return page * pageSize + at;
  }
  return -1;
}

/**
 * The rows of a list as a window on it: only pages near the rows `first` to `last` are read. While another search, filter or order
 * is on its way, the rows of the one before stay.
 */
export function useRows(query: ListQuery, first: number, last: number): Rows {
  const client = useQueryClient();
  const key = JSON.stringify(query);
  const pages = useWantedPages(first, last, key);
  const results = useQueries({ queries: pages.map((page) => pageOptions(query, page)) });
  const shown = useRef<ListQuery>(query);
  const counts = useRef<Page | undefined>(undefined);
  const loaded = results.find((result) => result.data)?.data ?? cached(client, query, 0);
  if (loaded) {
    shown.current = query;
    counts.current = loaded;
  } else if (shown.current.type !== query.type) {
    shown.current = query;
    counts.current = undefined;
  }
  const failed = results.find((result) => result.error && !result.data);
  // The pages live in the cache; `results` is named so that their coming draws the rows again.
  return useMemo(() => {
    const source = shown.current;
    return {
      at: (row) => cached(client, source, Math.floor(row / pageSize))?.rows[row % pageSize],
      find: (id) => rowIn(client, source, counts.current?.matched ?? 0, id),
      matched: counts.current?.matched ?? null,
      total: counts.current?.total ?? null,
      stale: source !== query && !loaded,
      error: failed?.error ?? null,
      retry: () => void client.refetchQueries({ queryKey: keys.list(query) }),
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, key, results, loaded, failed]);
}
