import { useQuery } from '@tanstack/react-query';
import { windowStore } from '../api/window-store.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './queries.ts';
import { inPast } from './target.ts';

/** The open point in time and the newest one; not queried otherwise. */
export function useOpenMoment() {
  return useQuery({
    queryKey: queryKeys.moments('opened'),
    queryFn: ({ signal }) => api.moments.opened({}, { signal }),
    enabled: inPast(),
  });
}

export const requestedRestore = windowStore<{ ids: readonly string[] | null }>(() => ({ ids: null }));

export function askBack(ids: readonly string[]): void {
  requestedRestore.setState({ ids });
}
