import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import type { AdministrationPart } from '../../stores/queries.ts';
import { notice } from '../../ui/notices.tsx';

/** Changes on the server are not announced, so each view reads again. */
const alwaysFresh = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

export function useUsers() {
  return useQuery({
    queryKey: keys.administration('users'),
    queryFn: ({ signal }) => api.administration.listUsers({}, { signal }),
    ...alwaysFresh,
  });
}

/** The names of the server’s people by id. */
export function usePeopleNames(): ReadonlyMap<string, string> {
  const { data } = useUsers();
  return new Map(data?.users.map(({ id, name }) => [id, name]));
}

export function useServer() {
  return useQuery({
    queryKey: keys.administration('server'),
    queryFn: ({ signal }) => api.administration.server({}, { signal }),
    ...alwaysFresh,
  });
}

export function useServerBackups() {
  return useQuery({
    queryKey: keys.administration('backups'),
    queryFn: ({ signal }) => api.administration.backups({}, { signal }),
    ...alwaysFresh,
  });
}

export const isUnderWay = (job: ServerJob | null | undefined): boolean =>
  job?.state === 'waiting' || job?.state === 'running';

/** The running backup or restore, polled while it runs. */
export function useBackupStatus(enabled = true) {
  const query = useQuery({
    queryKey: keys.administration('backupStatus'),
    queryFn: ({ signal }) => api.administration.backupStatus({}, { signal }),
    enabled,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.job) ? 2000 : false),
    ...alwaysFresh,
  });
  const job = query.data?.job ?? null;
  const before = useRef(job);
  useEffect(() => {
    const was = before.current;
    before.current = job;
    if (!job || job.id !== was?.id || !isUnderWay(was) || isUnderWay(job)) return;
    void queries.invalidateQueries({ queryKey: keys.administrations });
    if (job.state === 'failed') return;
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

interface AuditPage {
  page: number;
  person: string | null;
}

/** A page of an audit list; the last page stays visible until it is read. */
const pageOf = <T>(what: AdministrationPart, input: AuditPage, read: (signal: AbortSignal) => Promise<T>) =>
  ({
    queryKey: keys.administration(what, input),
    queryFn: ({ signal }: { signal: AbortSignal }) => read(signal),
    placeholderData: keepPreviousData,
    ...alwaysFresh,
  }) as const;

export const useServerChanges = (input: AuditPage) =>
  useQuery(pageOf('changes', input, (signal) => api.administration.changes(input, { signal })));

export const useSignIns = (input: AuditPage) =>
  useQuery(pageOf('signIns', input, (signal) => api.administration.signIns(input, { signal })));

export const useAccess = (input: AuditPage) =>
  useQuery(pageOf('access', input, (signal) => api.administration.access(input, { signal })));
