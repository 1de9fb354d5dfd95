import type { Comparison, Difference, DifferenceClass } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { keys } from '../../../stores/queries.ts';
import { PAGE, usePages } from './usePages.ts';

const MOST = 1000;

export interface ComparisonQuery {
  classes: DifferenceClass[];
  text: string;
}

/** Pages of a comparison, reloaded on each change here and on return; `useWatch` reloads after changes of the other file. */
export function useComparison(id: string, asked: ComparisonQuery) {
  return usePages<Difference, Comparison>({
    key: keys.compared(id, asked),
    read: (offset, tell, signal) =>
      follow(api.sandboxes.compare({ id, ...asked, offset, limit: PAGE }, { signal }), tell, signal),
    totalOf: ({ matched }) => matched,
    onFocus: true,
  });
}

/** All matching records, including unread pages. */
export async function readAll(
  id: string,
  asked: ComparisonQuery,
  signal?: AbortSignal,
  tell: (progress: Progress) => void = () => {},
): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (;;) {
    const part = { id, ...asked, offset: rows.length, limit: MOST };
    const page = await follow(api.sandboxes.compare(part, signal ? { signal } : {}), tell, signal);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}

const none: readonly Difference[] = [];

/** All records in conflict, as compared or since; none unless `wanted`. */
export function useConflicts(
  { sandbox: { id }, counts, live, play }: Comparison,
  wanted = true,
): readonly Difference[] {
  const { data } = useQuery({
    queryKey: keys.compared(id, { conflicts: [live.hash, play.hash] }),
    queryFn: ({ signal }) => readAll(id, { classes: ['conflict'], text: '' }, signal),
    enabled: wanted && counts.conflict > 0,
    refetchOnMount: 'always',
  });
  return data ?? none;
}
