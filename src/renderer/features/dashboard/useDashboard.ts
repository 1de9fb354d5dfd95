import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MeasuredHistory } from '#shared/contract/dashboards.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { useStream } from '../../stores/useStream.ts';

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

/** The measures at the ends of the last terms and now; older values stay until new ones arrive. */
export const useHistory = () =>
  useStream<MeasuredHistory>({
    queryKey: keys.dashboard('history', { terms }),
    stream: (options) => api.analysis.history({ terms }, options),
    placeholderData: keepPreviousData,
  });
