import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';

export type Range = Awaited<ReturnType<typeof api.moments.range>>;
export type Checkpoint = Awaited<ReturnType<typeof api.checkpoints.list>>[number];

/** Parts that the log is cut into: as many as core gives, more than a slider has pixels. */
const parts = 1000;

/** How often the bar of the past looks whether the log went on, by whomever, in milliseconds: a moment is not told of that. */
const often = 1000;

/** All that the slider goes over, as it was when the window was come to last; `useLogChanges` has it asked again. */
export function useRange() {
  return useQuery({
    queryKey: keys.moments('range'),
    queryFn: ({ signal }) => api.moments.range({ buckets: parts }, { signal }),
    refetchOnWindowFocus: 'always',
  });
}

export function useLogChanges(): void {
  const known = useRange().data?.last.id;
  const newest = useQuery({
    queryKey: keys.moments('newest'),
    queryFn: async ({ signal }) => (await api.moments.resolve({ at: 'now' }, { signal })).id,
    refetchInterval: often,
  }).data;
  useEffect(() => {
    if (known !== undefined && newest !== undefined && known !== newest) void momentsChanged();
  }, [known, newest]);
}

/** Reads again what is known of moments, but for the one that is open: names were given, or live went on. */
export async function momentsChanged(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['moments'] });
}

/**
 * The moment at a place of the log, counted from its first as 0; of a log that went on since `total` was counted too. Throws where there is
 * none.
 */
export async function momentAt(index: number, total: number, signal?: AbortSignal): Promise<Moment> {
  const ask = (of: number) =>
    api.moments.list({ offset: Math.max(0, of - 1 - index), limit: 1 }, signal ? { signal } : {});
  const found = await ask(total);
  const { rows } = found.total === total ? found : await ask(found.total);
  const [moment] = rows;
  if (!moment) throw new Error('There is no moment at that place of the log.');
  return moment;
}

/** How many transactions lie before the part of the log that a transaction is in, and how many that part has. */
function partOf({ buckets }: Range, id: number): { before: number; within: number } {
  let before = 0;
  for (const { at, transactions } of buckets) {
    if (id <= at) return { before, within: transactions };
    before += transactions;
  }
  return { before: Math.max(0, before - 1), within: 1 };
}

/** About where in the log a transaction is, as a share of its whole: exact as long as each part is one. */
export function shareOf(range: Range, id: number): number {
  const { before } = partOf(range, id);
  return range.transactions <= 1 ? 1 : before / (range.transactions - 1);
}

/** Where in the log a transaction is, counted from its first as 0. */
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
