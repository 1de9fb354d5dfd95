import type { Progress } from '#shared/contract/progress.ts';
import type { SyncComparison, SyncStatus } from '#shared/contract/sync.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { openRecordId } from '../../stores/address.ts';
import { keepSubscribed } from '../../stores/subscription.ts';
import { usePresence } from '../../stores/presence.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { useTabs } from '../../stores/tabs/store.ts';

/** Long sync work that this window started. */
export type WorkKind = 'join' | 'signIn' | 'now' | 'compare';

interface SyncStore {
  /** Null until it is read. */
  status: SyncStatus | null;
  /** The running work, which continues while other views are open. */
  work: { kind: WorkKind; progress: Progress | null; cancel: () => void } | null;
  /** The last comparison in this window and its time (ISO 8601); null before the first. */
  comparison: { result: SyncComparison; at: string } | null;
  /** The error of the last attempt to join; null if none failed. */
  failure: unknown;
}

export const useSync = windowStore<SyncStore>(() => ({
  status: null,
  work: null,
  comparison: null,
  failure: null,
}));

/** Whether this workspace shares with a server. */
export const useIsJoined = (): boolean => useSync(({ status }) => status !== null && status.state !== 'off');

export const isServerAdmin = ({ status }: Pick<SyncStore, 'status'>): boolean =>
  status?.server?.user.role === 'admin';

export const useIsServerAdmin = (): boolean => useSync(isServerAdmin);

/** A key that changes whenever the lists of conflicts and rejected changes can have changed. */
const listKey = ({ state, conflicts, quarantined, last_sync }: SyncStatus): string =>
  `${state === 'off'} ${conflicts} ${quarantined} ${last_sync ?? ''}`;

/** Stores the status and the people present. Drops a comparison with another server, and reloads the lists if they can have changed. */
export function storeStatus(status: SyncStatus): void {
  const { status: previous, comparison } = useSync.getState();
  const isSameServer = previous?.server?.url === status.server?.url && previous?.state !== 'diverged';
  useSync.setState({ status, comparison: isSameServer ? comparison : null });
  usePresence.setState({ people: status.people });
  if (previous && listKey(previous) !== listKey(status))
    void queryClient.invalidateQueries({ queryKey: queryKeys.syncLists });
}

/** Announces to the server which record is open in the active tab. Returns a function that stops announcing. */
export function announceOpenRecord(): () => void {
  let announcedId: string | null = null;
  const announce = (): void => {
    const id = openRecordId();
    if (id === announcedId) return;
    announcedId = id;
    // The call fails without a server; nothing depends on its result.
    api.sync.announceOpenRecord({ id }).catch(() => undefined);
  };
  announce();
  return useTabs.subscribe(announce);
}

export function watchSync(): () => void {
  return keepSubscribed(async (signal) => {
    for await (const status of await api.sync.watch({}, { signal })) storeStatus(status);
  });
}
