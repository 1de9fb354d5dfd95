import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import type { SyncComparison, SyncStatus } from '#shared/contract/sync.ts';
import { api } from '../../api/client.ts';
import { openRecord } from '../../stores/address.ts';
import { keepListening } from '../../stores/listening.ts';
import { usePresence } from '../../stores/presence.ts';
import { keys, queries } from '../../stores/queries.ts';
import { useTabs } from '../../stores/tabs/store.ts';

/** Long work of sync that this window has asked for. */
export type Work = 'join' | 'signIn' | 'now' | 'compare' | 'repair';

interface SyncView {
  /** Null until it is known. */
  status: SyncStatus | null;
  /** It goes on while other views are looked at. */
  work: { what: Work; progress: Progress | null; stop: () => void } | null;
  /** What the last comparison of this window found, and when (ISO 8601); null where nothing was compared. */
  comparison: { found: SyncComparison; at: string } | null;
  /** What the last attempt to join threw; null where none did. */
  failure: unknown;
}

/** What the window knows of sync. */
export const useSync = create<SyncView>()(() => ({
  status: null,
  work: null,
  comparison: null,
  failure: null,
}));

/** Whether this workspace shares with a server. */
export const useIsJoined = (): boolean => useSync(({ status }) => status !== null && status.state !== 'off');

/** Whether whoever is signed in is an admin of the server that this workspace shares with. */
export const isServerAdmin = ({ status }: Pick<SyncView, 'status'>): boolean =>
  status?.server?.user.role === 'admin';

export const useIsServerAdmin = (): boolean => useSync(isServerAdmin);

/** What stands on its lists may be another: values that did not stay, and changes that the server refused. */
const listed = ({ state, conflicts, quarantined, last_sync }: SyncStatus): string =>
  `${state === 'off'} ${conflicts} ${quarantined} ${last_sync ?? ''}`;

/** Takes over where sync stands, and reads again what stands on its lists where that may be another. */
export function takeStatus(status: SyncStatus): void {
  const { status: before, comparison } = useSync.getState();
  const isSame = before?.server?.url === status.server?.url && before?.state !== 'diverged';
  useSync.setState({ status, comparison: isSame ? comparison : null });
  usePresence.setState({ people: status.people });
  if (before && listed(before) !== listed(status))
    void queries.invalidateQueries({ queryKey: keys.syncLists });
}

/** Tells others at the server which record is open in the tab in front, as long as the window is there. Gives a function that ends it. */
export function announceOpenRecord(): () => void {
  let told: string | null = null;
  const tell = (): void => {
    const id = openRecord();
    if (id === told) return;
    told = id;
    // Nobody is told where there is no server: it is news for others, and nothing hangs on it.
    api.sync.open({ id }).catch(() => undefined);
  };
  tell();
  return useTabs.subscribe(tell);
}

/** Watches where sync stands, as long as the window is there. Gives a function that ends it. */
export function watchSync(): () => void {
  return keepListening(async (signal) => {
    for await (const status of await api.sync.watch({}, { signal })) takeStatus(status);
  });
}
