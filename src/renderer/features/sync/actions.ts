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
import { notice, reportError, reportErrors } from '../../ui/notices.tsx';
import { storeStatus, useSync } from './state.ts';
import type { WorkKind } from './state.ts';
import { hostOf } from './status-texts.ts';

/** Notices of sync replace each other. */
const noticeId = 'sync';

/** Opens the sign-in page in the browser, if the system allows it; the Sync page also links to it. */
export const openPage = (url: string): Promise<boolean> => shell.openExternal({ url });

type ResultStream<T> = PromiseLike<AsyncIterable<Progress | { kind: 'result'; result: T }>>;

/** Runs long sync work, or returns null if other work is running. Throws the error of the work, also when it is cancelled. */
async function runWork<T>(
  kind: WorkKind,
  start: (signal: AbortSignal) => ResultStream<T>,
): Promise<T | null> {
  if (useSync.getState().work) return null;
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  useSync.setState({ work: { kind, progress: null, cancel } });
  try {
    let openedUrl: string | undefined;
    return await awaitResult(
      start(controller.signal),
      (progress) => {
        useSync.setState({ work: { kind, progress, cancel } });
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

/** Joins a server; returns whether that succeeded. An error goes to the form, or to a notice if the workspace already joined. */
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

/** Signs the same user in again with the university. Throws on failure, but not if cancelled. */
export async function signInByUniversity(): Promise<void> {
  try {
    const status = await runWork('signIn', (signal) => api.sync.signInByUniversity({}, { signal }));
    if (status) storeStatus(status);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
}

export async function syncNow(): Promise<void> {
  await reportErrors(async () => {
    const status = await runWork('now', (signal) => api.sync.runOnce({}, { signal }));
    if (!status) return;
    storeStatus(status);
    notice({ id: noticeId, title: say('sync:done.synced') });
  });
}

function storeComparison(result: SyncComparison): void {
  useSync.setState({ comparison: { result, at: new Date().toISOString() } });
}

/** Compares all records with the server; changes nothing. */
export async function compareNow(): Promise<void> {
  await reportErrors(async () => {
    const result = await runWork('compare', (signal) => api.sync.compare({}, { signal }));
    if (result) storeComparison(result);
  });
}

/** Stores the status that a call returns; reports an error. */
async function storeStatusOf(call: Promise<SyncStatus>, title?: string): Promise<void> {
  await reportErrors(async () => {
    storeStatus(await call);
    if (title !== undefined) notice({ id: noticeId, title });
  });
}

export const setPaused = (isPaused: boolean): Promise<void> =>
  storeStatusOf(api.sync.pause({ paused: isPaused }));

export const signOut = (): Promise<void> => storeStatusOf(api.sync.signOut({}), say('sync:done.signedOut'));

/** Leaves the server after a confirmation that says what stays. */
export async function leaveServer({ pending, server }: SyncStatus): Promise<void> {
  const serverName = hostOf(server?.url ?? '');
  const unsentText = pending === 0 ? '' : ` ${say('sync:leave.unsent', { count: pending })}`;
  const status = await confirmAction({
    title: say('sync:leave.title', { server: serverName }),
    text: `${say('sync:leave.text')}${unsentText}`,
    button: say('sync:leave.yes'),
    run: () => api.sync.leave({ keep_unsent: true }),
  });
  if (!status) return;
  storeStatus(status);
  notice({ id: noticeId, title: say('sync:done.left', { server: serverName }) });
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
  const remainingCount = result.differences.length;
  notice({
    id: noticeId,
    title: say('sync:done.repaired'),
    ...(remainingCount > 0 ? { more: say('sync:done.left_over', { count: remainingCount }) } : {}),
  });
}

/** Resolves a conflict: keeps the current value, or restores the replaced one, which can be undone. */
export async function resolveConflict(id: string, choice: 'kept' | 'lost'): Promise<void> {
  await runDecision(() => api.sync.resolve({ id, choose: choice }), say(`sync:done.${choice}`));
}

/** Settles a rejected change: accepts the rejection, or makes the change again, which can be undone. */
export async function settleRejected(op_id: string, decision: 'accept' | 'retry'): Promise<void> {
  await runDecision(() => api.sync.resolveRejected({ op_id, as: decision }), say(`sync:done.${decision}`));
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
