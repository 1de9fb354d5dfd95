import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { keys, queries } from './queries.ts';

/** The backups of the workspace, newest first; commands make and remove them too, so they are looked at anew when one comes to them. */
export function useBackups() {
  return useQuery({
    queryKey: keys.backups,
    queryFn: ({ signal }) => api.backups.list({}, { signal }),
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
}

/** Looks at them anew, after something was done with one. */
export async function backupsChanged(): Promise<void> {
  await queries.invalidateQueries({ queryKey: keys.backups });
}
