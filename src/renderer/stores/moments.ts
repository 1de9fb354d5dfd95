import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import { api } from '../api/client.ts';
import { keys } from './queries.ts';
import { inPast } from './target.ts';

/** The moment that is looked at, and the newest that there is; nothing is asked where none is open. */
export function useOpenMoment() {
  return useQuery({
    queryKey: keys.moments('opened'),
    queryFn: ({ signal }) => api.moments.opened({}, { signal }),
    enabled: inPast(),
  });
}

/** Records that are to be made what they were at the moment that is looked at; null for none, or until somebody says so. */
export const requestedRestore = create<{ ids: readonly string[] | null }>(() => ({ ids: null }));

/** Asks whether records shall be made what they were at the moment that is looked at. */
export function askBack(ids: readonly string[]): void {
  requestedRestore.setState({ ids });
}
