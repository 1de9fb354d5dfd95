import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Comparison, Difference, DifferenceClass } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { keys } from '../../../stores/queries.ts';

/** Records that are read, and drawn, at a time. */
const PAGE = 200;
/** As many as core gives at once. */
const MOST = 1000;

export interface Asked {
  classes: DifferenceClass[];
  text: string;
}

/** What is different, a page after the other. It is read anew with every change here, and when one comes to it: the sandbox is another file. */
export function useComparison(id: string, asked: Asked) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useInfiniteQuery({
    queryKey: keys.compared(id, asked),
    queryFn: ({ signal, pageParam: offset }) =>
      follow(api.sandboxes.compare({ id, ...asked, offset, limit: PAGE }, { signal }), setProgress, signal),
    initialPageParam: 0,
    getNextPageParam: ({ matched }: Comparison, pages) =>
      pages.length * PAGE < matched ? pages.length * PAGE : undefined,
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  return { ...query, progress, comparison: pages[0], rows };
}

/** All records that are asked for, also those that nobody has looked at yet. */
export async function readAll(id: string, asked: Asked, signal?: AbortSignal): Promise<Difference[]> {
  const rows: Difference[] = [];
  for (;;) {
    const part = { id, ...asked, offset: rows.length, limit: MOST };
    const page = await follow(api.sandboxes.compare(part, signal ? { signal } : {}), () => {}, signal);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}
