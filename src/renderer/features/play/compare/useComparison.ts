import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { At } from '#shared/contract/moments.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { api } from '../../../api/client.ts';
import { awaitResult } from '../../../api/stream.ts';
import { queryKeys } from '../../../stores/queries.ts';

/** Records loaded and drawn at a time. */
export const pageSize = 200;
const maxPageSize = 1000;

type BetweenInput = Parameters<typeof api.compare.between>[0];

/** Two sides, as texts of an address, and filters. */
export type ComparisonQuery = Omit<BetweenInput, 'from' | 'to' | 'text' | 'offset' | 'limit'> &
  Record<'from' | 'to' | 'text', string>;

/** In an address, a transaction's number is a point in time. */
const pointOf = (text: string): At => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text);

interface ReadOptions {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal | undefined;
}

export const readComparison = (
  { from, to, ...request }: ComparisonQuery & { offset?: number; limit?: number },
  { onProgress = () => {}, signal }: ReadOptions = {},
): Promise<Comparison> =>
  awaitResult(
    api.compare.between({ from: pointOf(from), to: pointOf(to), ...request }, signal ? { signal } : {}),
    onProgress,
    signal,
  );

/** All matching records, read in pages. */
export async function readAll(query: ComparisonQuery, options?: ReadOptions): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (;;) {
    const page = await readComparison({ ...query, offset: rows.length, limit: maxPageSize }, options);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}

/** Pages of a comparison, reloaded after changes of the open file and on return to the window: other files report no changes. */
export function useComparison(query: ComparisonQuery) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const pagesQuery = useInfiniteQuery({
    queryKey: queryKeys.comparison(query.to, query),
    queryFn: ({ signal, pageParam: offset }) =>
      readComparison({ ...query, offset, limit: pageSize }, { onProgress: setProgress, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ matched }: Comparison, pages) =>
      pages.length * pageSize < matched ? pages.length * pageSize : undefined,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });
  const pages = pagesQuery.data?.pages ?? [];
  return { ...pagesQuery, progress, first: pages[0], rows: pages.flatMap(({ rows }) => rows) };
}

const noConflicts: readonly Difference[] = [];

/** All records in conflict, queried only if `isEnabled`; empty until loaded. */
export function useConflicts({ from, to, counts }: Comparison, isEnabled = true): readonly Difference[] {
  const query = { ...sinceBase(to.id), classes: ['conflict' as const], text: '' };
  const { data } = useQuery({
    queryKey: queryKeys.comparison(query.to, { conflicts: [from.head.hash, to.head.hash] }),
    queryFn: ({ signal }) => readAll(query, { signal }),
    enabled: isEnabled && (counts.conflict ?? 0) > 0,
    refetchOnMount: 'always',
  });
  return data ?? noConflicts;
}
