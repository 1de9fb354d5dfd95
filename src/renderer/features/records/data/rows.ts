import type { QueryClient } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { queryKeys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useEffect, useRef, useState, useMemo } from 'react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { ListView } from '#shared/address/view.ts';

export const pageSize = 200;

export interface Page {
  rows: readonly EntityRecord[];
  matched: number;
  total: number;
}

export interface GroupLine {
  value: Json;
  key: string;
  /** The title of the record that `value` refers to; null for other values and missing records. */
  title: string | null;
  count: number;
  summaries: readonly (number | null)[];
  isClosed: boolean;
}

/** The lines of a list, one for each record and group. Only records near the visible lines are loaded. */
export interface Rows {
  /** The record of a row, from 0; undefined while loading and for group lines. */
  recordAt: (row: number) => EntityRecord | undefined;
  groupAt: (row: number) => GroupLine | undefined;
  /** The row of a loaded record; -1 for others. */
  indexOf: (id: string) => number;
  read: (from: number, to: number) => Promise<readonly EntityRecord[]>;
  /** The numbers of lines, of matching records, and of records without search and filters. Null until known. */
  count: number | null;
  matched: number | null;
  total: number | null;
  /** The shown groups and their total; null for a list without groups. */
  groups: { lines: readonly GroupLine[]; total: number } | null;
  /** The rows belong to the previous query; the new ones are loading. */
  isStale: boolean;
  error: unknown;
  retry: () => void;
}

/** The pages of the rows `first` to `last`, and an adjacent page if it is less than a quarter of a page away. */
export function pagesOf(first: number, last: number): readonly number[] {
  const margin = pageSize / 4;
  const from = Math.max(0, Math.floor((first - margin) / pageSize));
  const to = Math.max(from, Math.floor((last + margin) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function pageOptions(query: ListQuery, page: number) {
  return {
    queryKey: queryKeys.page(query, page),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
      api.entities.list({ ...query, offset: page * pageSize, limit: pageSize }, { signal }),
  };
}

function cachedPage(client: QueryClient, query: ListQuery, page: number): Page | undefined {
  return client.getQueryData<Page>(queryKeys.page(query, page));
}

export function cachedRow(client: QueryClient, query: ListQuery, index: number): EntityRecord | undefined {
  return cachedPage(client, query, Math.floor(index / pageSize))?.rows[index % pageSize];
}

export function cachedIndex(client: QueryClient, query: ListQuery, count: number, id: string): number {
  for (let page = 0; page * pageSize < count; page += 1) {
    const index = cachedPage(client, query, page)?.rows.findIndex((record) => record.id === id) ?? -1;
    if (index >= 0) return page * pageSize + index;
  }
  return -1;
}

export async function readRange(
  client: QueryClient,
  query: ListQuery,
  from: number,
  to: number,
): Promise<readonly EntityRecord[]> {
  const records: EntityRecord[] = [];
  for (let page = Math.floor(from / pageSize); page * pageSize <= to; page += 1) {
    const { rows } = await client.fetchQuery(pageOptions(query, page));
    const start = page * pageSize;
    records.push(...rows.slice(Math.max(0, from - start), to - start + 1));
    if (rows.length < pageSize) break;
  }
  return records;
}

/** Milliseconds without scrolling before pages are requested. */
const debounceMs = 60;

/** The pages to request: those near the visible rows, once scrolling pauses. For another list (`key`) they change at once. */
export function useDebouncedPages(pages: readonly string[], key: string): readonly string[] {
  const [debouncedPages, setDebouncedPages] = useState(pages);
  const pagesText = pages.join('\n');
  const lastKey = useRef(key);
  useEffect(() => {
    const nextPages = pagesText === '' ? [] : pagesText.split('\n');
    if (lastKey.current !== key) {
      lastKey.current = key;
      setDebouncedPages(nextPages);
      return undefined;
    }
    const timer = setTimeout(() => setDebouncedPages(nextPages), debounceMs);
    return () => clearTimeout(timer);
  }, [pagesText, key]);
  return debouncedPages;
}

export function queryOf({ type, search, filters, sort, deleted }: ListView): ListQuery {
  return { type, search, filters: [...filters], sort: [...sort], deleted };
}

/** The rows of a list without groups. While a new query of the same type loads, the previous rows stay. */
export function useRows(query: ListQuery, first: number, last: number, enabled = true): Rows {
  const client = useQueryClient();
  const key = JSON.stringify(query);
  const pages = useDebouncedPages(pagesOf(first, last).map(String), key);
  const results = useQueries({
    queries: enabled ? pages.map((page) => pageOptions(query, Number(page))) : [],
  });
  // While a new query loads, both belong to the previous one.
  const shownQuery = useRef<ListQuery>(query);
  const countPage = useRef<Page | undefined>(undefined);
  const loadedPage = results.find((result) => result.data)?.data ?? cachedPage(client, query, 0);
  if (loadedPage) {
    shownQuery.current = query;
    countPage.current = loadedPage;
  } else if (shownQuery.current.type !== query.type) {
    shownQuery.current = query;
    countPage.current = undefined;
  }
  const failedResult = results.find((result) => result.error && !result.data);
  // The pages are in the cache; `results` is a dependency so that new ones re-render.
  return useMemo(() => {
    const source = shownQuery.current;
    const matched = countPage.current?.matched ?? null;
    return {
      recordAt: (row) => cachedRow(client, source, row),
      groupAt: () => undefined,
      indexOf: (id) => cachedIndex(client, source, matched ?? 0, id),
      read: (from, to) => readRange(client, source, from, to),
      count: matched,
      matched,
      total: countPage.current?.total ?? null,
      groups: null,
      isStale: source !== query && !loadedPage,
      error: failedResult?.error ?? null,
      retry: () => void client.refetchQueries({ queryKey: queryKeys.list(query) }),
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, key, results, loadedPage, failedResult]);
}
