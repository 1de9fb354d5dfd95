import { useQuery } from '@tanstack/react-query';
import type { Finding } from '#shared/contract/care.ts';
import { api } from '../api/client.ts';
import { meetNoPlace } from '../api/failed-writes.ts';
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

/** What there is to say of the backups and of the place where they lie, as Health says it. A place that is not there is said unasked then too. */
export function useBackupFindings() {
  return useQuery({
    queryKey: keys.care('backups'),
    queryFn: async ({ signal }) => {
      const found = await api.care.backups({}, { signal });
      if (found.some(isNoPlace)) meetNoPlace();
      return found;
    },
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
}

/** That the place where backups lie is not there. */
export const isNoPlace = ({ id, state }: Finding): boolean => id === 'place' && state !== 'good';

/** Looks at them anew, after something was done with one, and at what is said of them in Health and on Home. */
export async function backupsChanged(): Promise<void> {
  await Promise.all(
    [keys.backups, keys.care('health'), keys.care('backups')].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );
}
