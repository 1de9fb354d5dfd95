import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MeasuredHistory } from '#shared/contract/dashboards.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { keys, queries } from '../../stores/queries.ts';

export const useUniversities = () =>
  useQuery({
    queryKey: keys.dashboard('universities'),
    queryFn: ({ signal }) => api.analysis.universities({}, { signal }),
    placeholderData: keepPreviousData,
  });

export const useLeaving = (university: string, enabled = true) =>
  useQuery({
    queryKey: keys.dashboard('leaving', { university }),
    queryFn: ({ signal }) => api.analysis.leaving({ university }, { signal }),
    enabled,
  });

/** Six years. */
const terms = 12;

export interface HistoryState {
  history: MeasuredHistory | undefined;
  error: unknown;
  progress: Progress | null;
  isPending: boolean;
  cancel: () => void;
  retry: () => void;
}

/** The measures at the ends of the last terms and now; older values stay until new ones arrive. */
export function useHistory(): HistoryState {
  const [progress, setProgress] = useState<Progress | null>(null);
  const queryKey = keys.dashboard('history', { terms });
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => follow(api.analysis.history({ terms }, { signal }), setProgress, signal),
    placeholderData: keepPreviousData,
  });
  return {
    history: data,
    error,
    progress,
    isPending: isFetching,
    cancel: () => void queries.cancelQueries({ queryKey }),
    retry: () => void refetch(),
  };
}
