import type { Progress } from '#shared/contract/progress.ts';
import type { SyncComparison, SyncStatus } from '#shared/contract/sync.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { shell } from '../../api/shell.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { takeStatus, useSync } from './state.ts';
import type { Work } from './state.ts';
import { hostOf } from './status-texts.ts';

/** Notices of sync replace each other. */
const noticeId = 'sync';

/** Opens the sign-in page in the browser, if the system allows it; the Sync page also links to it. */
export const openPage = (url: string): Promise<boolean> => shell.openExternal({ url });

type Started<T> = PromiseLike<AsyncIterable<Progress | { kind: 'result'; result: T }>>;

/** Runs one long task at a time with progress. Returns null if another one is running; throws its error. */
async function work<T>(what: Work, start: (signal: AbortSignal) => Started<T>): Promise<T | null> {
  if (useSync.getState().work) return null;
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  useSync.setState({ work: { what, progress: null, stop } });
  try {
    let opened: string | undefined;
    return await follow(
      start(ending.signal),
      (progress) => {
        useSync.setState({ work: { what, progress, stop } });
        if (progress.open === undefined || progress.open === opened) return;
        opened = progress.open;
        void openPage(opened);
      },
      ending.signal,
    );
  } finally {
    useSync.setState({ work: null });
  }
}

export type Joining = Parameters<typeof api.sync.join>[0];

/** Joins a server. Keeps an error for the form, which may be closed by then. Returns whether it succeeded. */
export async function joinServer(given: Joining): Promise<boolean> {
  useSync.setState({ failure: null });
  try {
    const status = await work('join', (signal) => api.sync.join(given, { signal }));
    if (!status) return false;
    takeStatus(status);
    notice({ id: noticeId, title: say('sync:done.joined', { server: hostOf(given.url) }) });
    return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    // Joined, but the first sync failed: the form is gone.
    if (useSync.getState().status?.server) reportError(error);
    else useSync.setState({ failure: error });
    return false;
  }
}

/** Signs the same user in again with the university. Throws on failure. */
export async function signInByUniversity(): Promise<void> {
  try {
    const status = await work('signIn', (signal) => api.sync.signInByUniversity({}, { signal }));
    if (status) takeStatus(status);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}

export async function syncNow(): Promise<void> {
  try {
    const status = await work('now', (signal) => api.sync.now({}, { signal }));
    if (!status) return;
    takeStatus(status);
    notice({ id: noticeId, title: say('sync:done.synced') });
  } catch (error) {
    reportError(error);
  }
}

function keepComparison(found: SyncComparison): void {
  useSync.setState({ comparison: { found, at: new Date().toISOString() } });
}

/** Compares all records with the server; changes nothing. */
export async function compareNow(): Promise<void> {
  try {
    const found = await work('compare', (signal) => api.sync.compare({}, { signal }));
    if (found) keepComparison(found);
  } catch (error) {
    reportError(error);
  }
}

/** Awaits a call that returns the status; reports an error. */
async function change(call: Promise<SyncStatus>, title?: string): Promise<void> {
  try {
    takeStatus(await call);
    if (title !== undefined) notice({ id: noticeId, title });
  } catch (error) {
    reportError(error);
  }
}

export const setPaused = (paused: boolean): Promise<void> => change(api.sync.pause({ paused }));

export const signOut = (): Promise<void> => change(api.sync.signOut({}), say('sync:done.signedOut'));

/** Leaves the server after a confirmation that says what stays. */
export async function leaveServer({ pending, server }: SyncStatus): Promise<void> {
  const name = hostOf(server?.url ?? '');
  const unsent = pending === 0 ? '' : ` ${say('sync:leave.unsent', { count: pending })}`;
  const status = await confirmAction({
    title: say('sync:leave.title', { server: name }),
    text: `${say('sync:leave.text')}${unsent}`,
    button: say('sync:leave.yes'),
    run: () => api.sync.leave({ keep_unsent: true }),
  });
  if (!status) return;
  takeStatus(status);
  notice({ id: noticeId, title: say('sync:done.left', { server: name }) });
}

/** Takes the server's values of unexplained differences after a confirmation. */
export async function repairNow(): Promise<void> {
  const found = await confirmAction({
    title: say('sync:repair.title'),
    text: say('sync:repair.text'),
    button: say('sync:repair.yes'),
    run: (onProgress, signal) => follow(api.sync.repair({}, { signal }), onProgress, signal),
  });
  if (!found) return;
  keepComparison(found);
  const left = found.differences.length;
  notice({
    id: noticeId,
    title: say('sync:done.repaired'),
    ...(left > 0 ? { more: say('sync:done.left_over', { count: left }) } : {}),
  });
}

/** Resolves a conflict: keeps the current value, or restores the replaced one, which can be undone. */
export async function resolveConflict(id: string, choose: 'kept' | 'lost'): Promise<void> {
  await settled(() => api.sync.resolve({ id, choose }), say(`sync:done.${choose}`));
}

/** Settles a rejected change: accepts the rejection, or makes the change again, which can be undone. */
export async function settleRejected(op_id: string, as: 'accept' | 'retry'): Promise<void> {
  await settled(() => api.sync.settle({ op_id, as }), say(`sync:done.${as}`));
}

async function settled(call: () => Promise<{ op_id: string | null }>, title: string): Promise<void> {
  try {
    const { op_id } = await call();
    takeStatus(await api.sync.status({}));
    notice({ id: noticeId, ...undoAction(op_id), title });
  } catch (error) {
    reportError(error);
  } finally {
    await queryClient.invalidateQueries({ queryKey: queryKeys.syncLists });
  }
}
