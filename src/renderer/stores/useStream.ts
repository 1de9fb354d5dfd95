import { useQuery } from '@tanstack/react-query';
import type { UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { awaitResult } from '../api/stream.ts';
import { queryClient } from './queries.ts';

export interface Pending {
  progress: Progress | null;
  cancel: () => void;
}

type Options<T> = Omit<UseQueryOptions<T>, 'queryFn'> & {
  stream: (options: { signal: AbortSignal }) => Parameters<typeof awaitResult<T>>[0];
};

/** A query that reports its progress; `pending` is null while it does not run. */
export function useStream<T>({ stream, ...options }: Options<T>) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useQuery<T>({
    ...options,
    queryFn: ({ signal }) => awaitResult(stream({ signal }), setProgress, signal),
  });
  const cancel = (): void => void queryClient.cancelQueries({ queryKey: options.queryKey });
  const pending: Pending | null = query.isFetching ? { progress, cancel } : null;
  return { query, progress, cancel, pending };
}
