import { useQuery } from '@tanstack/react-query';
import type { Backup } from '#shared/contract/backups.ts';
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

/** Where backups lay before and still lie. The place is only changed while the window begins anew; drives come and go. */
export function useFormerPlaces() {
  return useQuery({
    queryKey: keys.formerBackups,
    queryFn: ({ signal }) => api.backups.former({}, { signal }),
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
}

/** The newest backup of a workspace that can be used: one that was taken in may be of another, and one of a clock set ahead is not the newest. */
export function newestOwn(all: readonly Backup[], workspace: string): Backup | undefined {
  const now = new Date().toISOString();
  return all.find(
    (one) => one.problem === null && one.workspace === workspace && one.made !== null && one.made <= now,
  );
}

/** Looks at them anew, after something was done with one, and at what is said of them in Data care. */
export async function backupsChanged(): Promise<void> {
  await Promise.all(
    [keys.backups, keys.care('health')].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );
}
