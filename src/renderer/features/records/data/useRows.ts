import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { cachedPage, cachedPlace, cachedRow, pageOptions, pagesOf, readPlaces } from './rows.ts';
import type { Page, Rows } from './rows.ts';
import { useWanted } from './useWanted.ts';

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
  const pages = useWanted(pagesOf(first, last).map(String), key);
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
