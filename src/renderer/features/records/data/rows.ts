import type { QueryClient } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';

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
  /** Tells the groups of a list apart. */
  key: string;
  /** The title of what the value refers to, for a reference. */
  title: string | null;
  count: number;
  /** In the order in which they were asked for. */
  summaries: readonly (number | null)[];
  closed: boolean;
}

/** The lines of a list as a window on them: records, and above each group its line. */
export interface Rows {
  /** The record of a row, or undefined while it is on its way, and for the line of a group. */
  at: (row: number) => EntityRecord | undefined;
  /** The group whose line a row is. */
  group: (row: number) => GroupLine | undefined;
  /** The row of a record among those that were read, or -1. */
  find: (id: string) => number;
  /** Reads the records of the rows from one to another, both included, in their order. */
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
export function cachedPage(client: QueryClient, query: ListQuery, page: number): Page | undefined {
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
