import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Difference, DifferenceClass, SideAction } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { At } from '#shared/contract/moments.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { sinceBase } from '#shared/domain/moments.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { queryKeys } from '../../../stores/queries.ts';

/** Records loaded and drawn at a time. */
export const PAGE = 200;
const MOST = 1000;

/** Two sides, as texts of an address, and filters. */
export interface ComparisonQuery {
  from: string;
  to: string;
  since_base?: boolean;
  classes?: DifferenceClass[];
  actions?: SideAction[];
  restorable?: boolean;
  ids?: string[];
  text: string;
}

/** In an address, a transaction's number is a point in time. */
const pointOf = (text: string): At => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text);

interface Reading {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal | undefined;
}

export const readComparison = (
  { from, to, ...request }: ComparisonQuery & { offset?: number; limit?: number },
  { onProgress = () => {}, signal }: Reading = {},
): Promise<Comparison> =>
  follow(
    api.compare.between({ from: pointOf(from), to: pointOf(to), ...request }, signal ? { signal } : {}),
    onProgress,
    signal,
  );

/** All matching records, including unread pages. */
export async function readAll(query: ComparisonQuery, reading?: Reading): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (;;) {
    const page = await readComparison({ ...query, offset: rows.length, limit: MOST }, reading);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}

/** Pages of a comparison, reloaded after changes here and on return to the window: sides in other files have no change events. */
export function useComparison(query: ComparisonQuery) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const loaded = useInfiniteQuery({
    queryKey: queryKeys.compared(query.to, query),
    queryFn: ({ signal, pageParam: offset }) =>
      readComparison({ ...query, offset, limit: PAGE }, { onProgress: setProgress, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ matched }: Comparison, pages) =>
      pages.length * PAGE < matched ? pages.length * PAGE : undefined,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });
  const pages = loaded.data?.pages ?? [];
  return { ...loaded, progress, first: pages[0], rows: pages.flatMap(({ rows }) => rows) };
}

const none: readonly Difference[] = [];

/** All records in conflict, as compared or since; none unless `wanted`. */
export function useConflicts({ from, to, counts }: Comparison, isEnabled = true): readonly Difference[] {
  const query = { ...sinceBase(to.id), classes: ['conflict' as const], text: '' };
  const { data } = useQuery({
    queryKey: queryKeys.compared(query.to, { conflicts: [from.head.hash, to.head.hash] }),
    queryFn: ({ signal }) => readAll(query, { signal }),
    enabled: isEnabled && (counts.conflict ?? 0) > 0,
    refetchOnMount: 'always',
  });
  return data ?? none;
}
