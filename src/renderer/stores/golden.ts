import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { queryKeys, queryClient } from './queries.ts';
import { isLive } from './target.ts';

/** Commands and other windows change these files too, so they are read again when shown. */
const refetchWhenShown = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

export function useGoldenVersions({ enabled = true } = {}) {
  return useQuery({
    queryKey: queryKeys.golden('list'),
    queryFn: ({ signal }) => api.golden.list({}, { signal }),
    enabled,
    ...refetchWhenShown,
  });
}

/** The shipped version, the current version, and how live compares to it. Not available in a sandbox. */
export function useGoldenStatus() {
  return useQuery({
    queryKey: queryKeys.golden('status'),
    queryFn: ({ signal }) => api.golden.status({}, { signal }),
    enabled: isLive(),
    ...refetchWhenShown,
  });
}

export async function refreshGolden(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['golden'] });
}
