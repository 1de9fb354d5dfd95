import { useQuery } from '@tanstack/react-query';
import type { Finding } from '#shared/contract/care.ts';
import { api } from '../api/client.ts';
import { countBackupFolderError } from '../api/failed-writes.ts';
import { queryKeys, queryClient, queryFor } from './queries.ts';

/** The backups, newest first. Commands change them too, so they are read again when shown. */
export function useBackups() {
  return useQuery(queryFor('backups.list', {}));
}

/** Findings about backups and their folder, as in Health. A missing folder also refreshes other views of problems. */
export function useBackupFindings() {
  return useQuery({
    queryKey: queryKeys.care('backups'),
    queryFn: async ({ signal }) => {
      const findings = await api.care.backups({}, { signal });
      if (findings.some(isFolderMissing)) countBackupFolderError();
      return findings;
    },
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
}

export const isFolderMissing = ({ id, state }: Finding): boolean => id === 'place' && state !== 'good';

export async function refreshBackups(): Promise<void> {
  await Promise.all(
    [queryKeys.backups, queryKeys.care('health'), queryKeys.care('backups')].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
