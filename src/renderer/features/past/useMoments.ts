import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';

export type Range = Awaited<ReturnType<typeof api.moments.range>>;
export type Checkpoint = Awaited<ReturnType<typeof api.checkpoints.list>>[number];

/** Parts of the log on the slider: the most that core returns, more than a slider has pixels. */
const parts = 1000;

/** Milliseconds between checks whether the log has grown, since a point in time receives no change events. */
const often = 1000;

/** The range of the slider at the last visit; `useLogChanges` reloads it. */
export function useRange() {
  return useQuery({
    queryKey: queryKeys.moments('range'),
    queryFn: ({ signal }) => api.moments.range({ buckets: parts }, { signal }),
    refetchOnWindowFocus: 'always',
  });
}

export function useLogChanges(): void {
  const known = useRange().data?.last.id;
  const newest = useQuery({
    queryKey: queryKeys.moments('newest'),
    queryFn: async ({ signal }) => (await api.moments.resolve({ at: 'now' }, { signal })).id,
    refetchInterval: often,
  }).data;
  useEffect(() => {
    if (known !== undefined && newest !== undefined && known !== newest) void momentsChanged();
  }, [known, newest]);
}

/** Reloads everything about points in time except the open one. */
export async function momentsChanged(): Promise<void> {
  await Promise.all(
    ['moments', 'compared'].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
  );
}

/** The point in time at an index of the log (from 0), even if it has grown since `total`. Throws if out of range. */
export async function momentAt(index: number, total: number, signal?: AbortSignal): Promise<Moment> {
  const ask = (of: number) =>
    api.moments.list({ offset: Math.max(0, of - 1 - index), limit: 1 }, signal ? { signal } : {});
  const found = await ask(total);
  const { rows } = found.total === total ? found : await ask(found.total);
  const [moment] = rows;
  if (!moment) throw new Error('There is no moment at that place of the log.');
  return moment;
}

/** The number of transactions before the part of the log with a transaction, and in that part. */
function partOf({ buckets }: Range, id: number): { before: number; within: number } {
  let before = 0;
  for (const { at, transactions } of buckets) {
    if (id <= at) return { before, within: transactions };
    before += transactions;
  }
  return { before: Math.max(0, before - 1), within: 1 };
}

/** The approximate position of a transaction as a share of the log; exact for parts of one transaction. */
export function shareOf(range: Range, id: number): number {
  const { before } = partOf(range, id);
  return range.transactions <= 1 ? 1 : before / (range.transactions - 1);
}

/** The index of a transaction in the log, from 0. */
export async function indexOf(range: Range, id: number, signal?: AbortSignal): Promise<number> {
  const { before, within } = partOf(range, id);
  if (within <= 1) return before;
  const limit = Math.min(1000, within);
  const ask = (total: number) =>
    api.moments.list({ offset: Math.max(0, total - before - within), limit }, signal ? { signal } : {});
  const found = await ask(range.transactions);
  const { rows } = found.total === range.transactions ? found : await ask(found.total);
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? before : before + within - 1 - at;
}
