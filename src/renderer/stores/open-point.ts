import { useQuery } from '@tanstack/react-query';
import { windowStore } from '../api/window-store.ts';
import { queryFor } from './queries.ts';
import { inPast } from './target.ts';

/** The open point in time and the newest one; read only while a point in time is open. */
export function useOpenPoint() {
  return useQuery({ ...queryFor('moments.current', {}), enabled: inPast() });
}

export const useRestoreRequest = windowStore<{ ids: readonly string[] | null }>(() => ({ ids: null }));

export function requestRestore(ids: readonly string[]): void {
  useRestoreRequest.setState({ ids });
}
