import { useInfiniteQuery } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import type { Progress } from '#shared/contract/progress.ts';

/** Records loaded and drawn at a time. */
export const PAGE = 200;

interface Paging<Page> {
  key: QueryKey;
  /** Loads the page that begins with a record, counted from 0. */
  read: (offset: number, tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Page>;
  /** The number of records on all pages. */
  totalOf: (page: Page) => number;
  /** Whether to reload on return to the window, for data without change events. */
  onFocus?: boolean;
}

export function usePages<Row, Page extends { rows: Row[] }>({
  key,
  read,
  totalOf,
  onFocus = false,
}: Paging<Page>) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam: offset }) => read(offset, setProgress, signal),
    initialPageParam: 0,
    getNextPageParam: (last: Page, pages) =>
      pages.length * PAGE < totalOf(last) ? pages.length * PAGE : undefined,
    staleTime: 0,
    ...(onFocus ? { refetchOnWindowFocus: 'always' as const } : {}),
  });
  const pages = query.data?.pages ?? [];
  const rows: Page['rows'] = pages.flatMap((page) => page.rows);
  return { ...query, progress, first: pages[0], rows };
}
