import type { Progress } from '#shared/contract/progress.ts';
import type { SyncComparison, SyncStatus } from '#shared/contract/sync.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { shell } from '../../api/shell.ts';
import { awaitResult } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { storeStatus, useSync } from './state.ts';
import type { Work } from './state.ts';
import { hostOf } from './status-texts.ts';

/** Notices of sync replace each other. */
const noticeId = 'sync';

/** Opens the sign-in page in the browser, if the system allows it; the Sync page also links to it. */
export const openPage = (url: string): Promise<boolean> => shell.openExternal({ url });

type ResultStream<T> = PromiseLike<AsyncIterable<Progress | { kind: 'result'; result: T }>>;

/** Runs one long task at a time with progress. Returns null if another task is running; throws the error of the task. */
async function runWork<T>(what: Work, start: (signal: AbortSignal) => ResultStream<T>): Promise<T | null> {
  if (useSync.getState().work) return null;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  useSync.setState({ work: { what, progress: null, stop } });
  try {
    let openedUrl: string | undefined;
    return await awaitResult(
      start(controller.signal),
      (progress) => {
        useSync.setState({ work: { what, progress, stop } });
        if (progress.open === undefined || progress.open === openedUrl) return;
        openedUrl = progress.open;
        void openPage(openedUrl);
      },
      controller.signal,
    );
  } finally {
    useSync.setState({ work: null });
  }
}

export type JoinInput = Parameters<typeof api.sync.join>[0];

/** Joins a server. Stores an error for the form, which can be closed by then. Returns whether joining succeeded. */
export async function joinServer(input: JoinInput): Promise<boolean> {
  useSync.setState({ failure: null });
  try {
    const status = await runWork('join', (signal) => api.sync.join(input, { signal }));
    if (!status) return false;
    storeStatus(status);
    notice({ id: noticeId, title: say('sync:done.joined', { server: hostOf(input.url) }) });
    return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    // The workspace joined, but the first sync failed: the form is no longer open.
    if (useSync.getState().status?.server) reportError(error);
    else useSync.setState({ failure: error });
    return false;
  }
}

/** Signs the same user in again with the university. Throws on failure. */
export async function signInByUniversity(): Promise<void> {
  try {
    const status = await runWork('signIn', (signal) => api.sync.signInByUniversity({}, { signal }));
    if (status) storeStatus(status);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}

export async function syncNow(): Promise<void> {
  try {
    const status = await runWork('now', (signal) => api.sync.now({}, { signal }));
    if (!status) return;
    storeStatus(status);
    notice({ id: noticeId, title: say('sync:done.synced') });
  } catch (error) {
    reportError(error);
  }
}

function storeComparison(result: SyncComparison): void {
  useSync.setState({ comparison: { found: result, at: new Date().toISOString() } });
}

/** Compares all records with the server; changes nothing. */
export async function compareNow(): Promise<void> {
  try {
    const result = await runWork('compare', (signal) => api.sync.compare({}, { signal }));
    if (result) storeComparison(result);
  } catch (error) {
    reportError(error);
  }
}

/** Awaits a call that returns the status; reports an error. */
async function runCall(call: Promise<SyncStatus>, title?: string): Promise<void> {
  try {
    storeStatus(await call);
    if (title !== undefined) notice({ id: noticeId, title });
  } catch (error) {
    reportError(error);
  }
}

export const setPaused = (paused: boolean): Promise<void> => runCall(api.sync.pause({ paused }));

export const signOut = (): Promise<void> => runCall(api.sync.signOut({}), say('sync:done.signedOut'));

/** Leaves the server after a confirmation that says what stays. */
export async function leaveServer({ pending, server }: SyncStatus): Promise<void> {
  const name = hostOf(server?.url ?? '');
  const unsentText = pending === 0 ? '' : ` ${say('sync:leave.unsent', { count: pending })}`;
  const status = await confirmAction({
    title: say('sync:leave.title', { server: name }),
    text: `${say('sync:leave.text')}${unsentText}`,
    button: say('sync:leave.yes'),
    run: () => api.sync.leave({ keep_unsent: true }),
  });
  if (!status) return;
  storeStatus(status);
  notice({ id: noticeId, title: say('sync:done.left', { server: name }) });
}

/** Takes the server's values of unexplained differences after a confirmation. */
export async function repairNow(): Promise<void> {
  const result = await confirmAction({
    title: say('sync:repair.title'),
    text: say('sync:repair.text'),
    button: say('sync:repair.yes'),
    run: (onProgress, signal) => awaitResult(api.sync.repair({}, { signal }), onProgress, signal),
  });
  if (!result) return;
  storeComparison(result);
  const leftCount = result.differences.length;
  notice({
    id: noticeId,
    title: say('sync:done.repaired'),
    ...(leftCount > 0 ? { more: say('sync:done.left_over', { count: leftCount }) } : {}),
  });
}

/** Resolves a conflict: keeps the current value, or restores the replaced one, which can be undone. */
export async function resolveConflict(id: string, choose: 'kept' | 'lost'): Promise<void> {
  await runDecision(() => api.sync.resolve({ id, choose }), say(`sync:done.${choose}`));
}

/** Settles a rejected change: accepts the rejection, or makes the change again, which can be undone. */
export async function settleRejected(op_id: string, as: 'accept' | 'retry'): Promise<void> {
  await runDecision(() => api.sync.settle({ op_id, as }), say(`sync:done.${as}`));
}

async function runDecision(call: () => Promise<{ op_id: string | null }>, title: string): Promise<void> {
  try {
    const { op_id } = await call();
    storeStatus(await api.sync.status({}));
    notice({ id: noticeId, ...undoAction(op_id), title });
  } catch (error) {
    reportError(error);
  } finally {
    await queryClient.invalidateQueries({ queryKey: queryKeys.syncLists });
  }
}
