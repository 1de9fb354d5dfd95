import type { QueryClient } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useEffect, useRef, useState, useMemo } from 'react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { ListView } from '#shared/address/view.ts';

/** Rows that are read at a time. */
export const pageSize = 200;

export interface Page {
  rows: readonly EntityRecord[];
  matched: number;
  total: number;
}

/** The line above the records of a group. */
export interface GroupLine {
  value: Json;
  key: string;
  title: string | null;
  count: number;
  summaries: readonly (number | null)[];
  closed: boolean;
}

/** The lines of a list as a window on them: records, and above each group its line. */
export interface Rows {
  /** The record of a row, or undefined while it is on its way, and for the line of a group. */
  at: (row: number) => EntityRecord | undefined;
  group: (row: number) => GroupLine | undefined;
  find: (id: string) => number;
  read: (from: number, to: number) => Promise<readonly EntityRecord[]>;
  /** How many lines there are to draw; null until that is known. */
  count: number | null;
  /** How many records match; null until that is known. */
  matched: number | null;
  total: number | null;
  /** Every group that is shown, and how many there are; null in a list without groups. */
  groups: { lines: readonly GroupLine[]; total: number } | null;
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

/** How a page of a list is read. */
export function pageOptions(query: ListQuery, page: number) {
  return {
    queryKey: keys.page(query, page),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> =>
      api.entities.list({ ...query, offset: page * pageSize, limit: pageSize }, { signal }),
  };
}

/** A page that was read before, or undefined. */
function cachedPage(client: QueryClient, query: ListQuery, page: number): Page | undefined {
  return client.getQueryData<Page>(keys.page(query, page));
}

/** The record at a place of a list, as far as it was read. */
export function cachedRow(client: QueryClient, query: ListQuery, place: number): EntityRecord | undefined {
  return cachedPage(client, query, Math.floor(place / pageSize))?.rows[place % pageSize];
}

/** The place of a record among the first `count` of a list that were read, or -1. */
export function cachedPlace(client: QueryClient, query: ListQuery, count: number, id: string): number {
  for (let page = 0; page * pageSize < count; page += 1) {
    const at = cachedPage(client, query, page)?.rows.findIndex((record) => record.id === id) ?? -1;
    if (at >= 0) return page * pageSize + at;
  }
  return -1;
}

/** The records at the places from one to another of a list, read where they were not yet. */
export async function readPlaces(
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

/** While somebody scrolls fast, pages are only asked for after this rest, in milliseconds. */
const rest = 60;

/** The pages that are wanted, following the rows on the screen only when they have come to rest. Another list (`key`) is followed at once. */
export function useSettledPages(now: readonly string[], key: string): readonly string[] {
  const [settled, setSettled] = useState(now);
  const text = now.join('\n');
  const lastKey = useRef(key);
  useEffect(() => {
    const wanted = text === '' ? [] : text.split('\n');
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

/** What a list view asks for. */
export function queryOf({ type, search, filters, sort, deleted }: ListView): ListQuery {
  return { type, search, filters: [...filters], sort: [...sort], deleted };
}

/**
 * The rows of a list without groups: only pages near the rows `first` to `last` are read. While another search, filter or order is on
 * its way, the rows of the one before stay. Nothing is read unless it is `wanted`.
 */
export function useRows(query: ListQuery, first: number, last: number, wanted = true): Rows {
  const client = useQueryClient();
  const key = JSON.stringify(query);
  const pages = useSettledPages(pagesOf(first, last).map(String), key);
  const results = useQueries({
    queries: wanted ? pages.map((page) => pageOptions(query, Number(page))) : [],
  });
  const shown = useRef<ListQuery>(query);
  const counts = useRef<Page | undefined>(undefined);
  const loaded = results.find((result) => result.data)?.data ?? cachedPage(client, query, 0);
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
    const matched = counts.current?.matched ?? null;
    return {
      at: (row) => cachedRow(client, source, row),
      group: () => undefined,
      find: (id) => cachedPlace(client, source, matched ?? 0, id),
      read: (from, to) => readPlaces(client, source, from, to),
      count: matched,
      matched,
      total: counts.current?.total ?? null,
      groups: null,
      stale: source !== query && !loaded,
      error: failed?.error ?? null,
      retry: () => void client.refetchQueries({ queryKey: keys.list(query) }),
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, key, results, loaded, failed]);
}
