import { useQuery } from '@tanstack/react-query';
import { windowStore } from '../api/window-store.ts';
import { api } from '../api/client.ts';
import { queryKeys } from './queries.ts';
import { inPast } from './target.ts';

/** The open point in time and the newest one; read only while a point in time is open. */
export function useOpenPoint() {
  return useQuery({
    queryKey: queryKeys.moments('opened'),
    queryFn: ({ signal }) => api.moments.current({}, { signal }),
    enabled: inPast(),
  });
}

export const useRestoreRequest = windowStore<{ ids: readonly string[] | null }>(() => ({ ids: null }));

export function requestRestore(ids: readonly string[]): void {
  useRestoreRequest.setState({ ids });
}
