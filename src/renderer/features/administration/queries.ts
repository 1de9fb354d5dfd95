import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { notice } from '../../ui/notices.tsx';

export function useUsers() {
  return useQuery(queryFor('administration.listUsers', {}));
}

export function usePeopleNames(): ReadonlyMap<string, string> {
  const { data } = useUsers();
  return new Map(data?.users.map(({ id, name }) => [id, name]));
}

export const isUnderWay = (job: ServerJob | null | undefined): boolean =>
  job?.state === 'pending' || job?.state === 'running';

/** Stores a job that the server has just begun. */
export const storeJob = (job: ServerJob): void =>
  void queryClient.setQueryData(
    queryFor('administration.backupStatus', {}).queryKey,
    (previous: object | undefined) => ({ next: null, ...previous, job }),
  );

/** The server's newest backup or restore job, polled while it runs. Shows a notice when it succeeds. */
export function useBackupStatus(enabled = true) {
  const query = useQuery({
    ...queryFor('administration.backupStatus', {}),
    enabled,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.job) ? 2000 : false),
  });
  const job = query.data?.job ?? null;
  const previousJob = useRef(job);
  useEffect(() => {
    const previous = previousJob.current;
    previousJob.current = job;
    if (!job || job.id !== previous?.id || !isUnderWay(previous) || isUnderWay(job)) return;
    void queryClient.invalidateQueries({ queryKey: queryKeys.administrations });
    if (job.state === 'dead') return;
    if (job.kind === 'backup') notice({ id: 'server-backup', title: say('administration:backups.done') });
    else
      notice({
        id: 'server-backup',
        title: say('administration:backups.restored'),
        more: say('administration:backups.restoredMore'),
      });
  }, [job]);
  return query;
}
