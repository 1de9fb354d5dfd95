import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MeasuredHistory } from '#shared/contract/dashboards.ts';
import { api } from '../../api/client.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { useStream } from '../../stores/useStream.ts';

export const useUniversities = () =>
  useQuery({
    ...queryFor('analysis.universities', {}, queryKeys.dashboard('universities')),
    placeholderData: keepPreviousData,
  });

export const useLeaving = (university: string, enabled = true) =>
  useQuery({
    ...queryFor('analysis.leavingStudents', { university }, queryKeys.dashboard('leaving', { university })),
    enabled,
  });

/** Six years of half-year terms. */
const termCount = 12;

/** The measures at the ends of the last terms and now; older values stay until new ones arrive. */
export const useMeasuredHistory = () =>
  useStream<MeasuredHistory>({
    queryKey: queryKeys.dashboard('history', { terms: termCount }),
    stream: (options) => api.analysis.history({ terms: termCount }, options),
    placeholderData: keepPreviousData,
  });
