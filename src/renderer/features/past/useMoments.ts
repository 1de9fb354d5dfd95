import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';

export type LogRange = Awaited<ReturnType<typeof api.moments.range>>;
export type Checkpoint = Awaited<ReturnType<typeof api.checkpoints.list>>[number];

/** Buckets of the log on the slider: the maximum that core returns, more than a slider has pixels. */
const maxBuckets = 1000;

/** Milliseconds between checks whether the log has grown, since a point in time receives no change events. */
const pollMs = 1000;

/** The cached range of the slider; `useLogChanges` reloads the range when the log has grown. */
export function useRange() {
  return useQuery({
    ...queryFor('moments.range', { buckets: maxBuckets }),
    refetchOnWindowFocus: 'always',
  });
}

export function useLogChanges(): void {
  const knownId = useRange().data?.last.id;
  const newestId = useQuery({
    queryKey: queryKeys.newestMoment,
    queryFn: async ({ signal }) => (await api.moments.resolve({ at: 'now' }, { signal })).id,
    refetchInterval: pollMs,
  }).data;
  useEffect(() => {
    if (knownId !== undefined && newestId !== undefined && knownId !== newestId) void refreshMoments();
  }, [knownId, newestId]);
}

/** Reloads all queries about points in time, and all comparisons. */
export async function refreshMoments(): Promise<void> {
  await Promise.all(
    ['moments', 'compared'].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
  );
}

/** The point in time at an index of the log (from 0), even if the log has grown beyond `total`. */
export async function momentAt(index: number, total: number, signal?: AbortSignal): Promise<Moment> {
  const readPage = (count: number) =>
    api.moments.list({ offset: Math.max(0, count - 1 - index), limit: 1 }, signal ? { signal } : {});
  const page = await readPage(total);
  const { rows } = page.total === total ? page : await readPage(page.total);
  const [moment] = rows;
  if (!moment) throw new Error('There is no point in time at that index of the log.');
  return moment;
}

/** How many transactions are before the bucket of a transaction, and how many are in the bucket. */
function bucketOf({ buckets }: LogRange, id: number): { startIndex: number; size: number } {
  let startIndex = 0;
  for (const { at, transactions } of buckets) {
    if (id <= at) return { startIndex, size: transactions };
    startIndex += transactions;
  }
  return { startIndex: Math.max(0, startIndex - 1), size: 1 };
}

/** The approximate position of a transaction as a share of the log; exact for buckets of one transaction. */
export function shareOf(range: LogRange, id: number): number {
  const { startIndex } = bucketOf(range, id);
  return range.transactions <= 1 ? 1 : startIndex / (range.transactions - 1);
}

/** The index of a transaction in the log, from 0; approximate if its bucket has more than 1000 transactions. */
export async function indexOf(range: LogRange, id: number, signal?: AbortSignal): Promise<number> {
  const { startIndex, size } = bucketOf(range, id);
  if (size <= 1) return startIndex;
  const limit = Math.min(1000, size);
  const readPage = (total: number) =>
    api.moments.list({ offset: Math.max(0, total - startIndex - size), limit }, signal ? { signal } : {});
  const page = await readPage(range.transactions);
  const { rows } = page.total === range.transactions ? page : await readPage(page.total);
  const rowIndex = rows.findIndex((row) => row.id === id);
  return rowIndex < 0 ? startIndex : startIndex + size - 1 - rowIndex;
}
