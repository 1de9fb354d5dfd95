import type { SyncComparison } from '#shared/contract/sync.ts';
import { Fault } from '#shared/contract/faults.ts';
import { readServerAddress } from '#shared/domain/server-address.ts';
import { locateRecord } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, streamHandler, query } from '../model/pipeline.ts';
import { compareWithServer, resetDifferences } from './compare.ts';
import { deleteOnServer } from './delete-remote.ts';
import { shakeHands } from './remote.ts';
import { listConflicts, listQuarantine, resolveConflict, settleRefused } from './conflicts.ts';
import { checkConnection } from './doctor.ts';
import { fetchFile } from './fetch-file.ts';
import { repairDocuments } from './repair-documents.ts';
import { changePassword, joinServer, signInAgain } from './join.ts';
import { acceptNewHistory } from './rewind.ts';
import { syncOnce } from './round.ts';
import type { Round } from './round-context.ts';
import { pendingTransactions } from './outgoing.ts';
import { SyncService } from './service.ts';
import { changeState, deleteServerState, joinedState, readState } from './state.ts';

const os = operationBuilder.sync;

const createServiceBox = (): { service?: SyncService } => ({});

export function syncService(services: Services): SyncService {
  const box = services.singletons.get(createServiceBox);
  return (box.service ??= new SyncService(services));
}

/** Syncs, and resets records that differ for no known reason to the server's values. Throws SYNC (other_history) for a different server. */
async function repairWithServer(round: Round): Promise<SyncComparison> {
  const { services, remote, signal } = round;
  const { read, queue } = services;
  const { diverged, server_id, share } = joinedState(read);
  if (diverged) {
    const hello = await shakeHands(remote, share, signal);
    if (hello.server_id === server_id)
      await queue.series('sync', async ({ db }) => acceptNewHistory(db, hello.generation));
  }
  await syncOnce(round);
  const comparison = await resetDifferences(round);
  await syncOnce(round);
  return comparison;
}

export const documentRepairHandlers = {
  repair: operationBuilder.documents.repair.handler(
    backgroundJob(({ input, context: { services } }, pace) =>
      repairDocuments(syncService(services), services, input, pace),
    ),
  ),
};

export const syncHandlers = {
  status: os.status.handler(async ({ context: { services } }) => {
    const service = syncService(services);
    await service.detectSignedOut();
    return service.status();
  }),
  watch: os.watch.handler(
    streamHandler(({ context, signal }) => syncService(context.services).watch(signal)),
  ),
  join: os.join.handler(
    backgroundJob(({ input, context }, pace) =>
      joinServer(context, syncService(context.services), input, pace),
    ),
  ),
  signIn: os.signIn.handler(async ({ input, context: { services } }) => {
    const service = syncService(services);
    await signInAgain(services, service, input);
    return service.status();
  }),
  signInByUniversity: os.signInByUniversity.handler(
    backgroundJob(async ({ context: { services } }, { onProgress, signal }) => {
      const service = syncService(services);
      await signInAgain(services, service, { onProgress, signal });
      return service.status();
    }),
  ),
  changePassword: os.changePassword.handler(async ({ input, context: { services } }) => {
    await changePassword(syncService(services), input);
    return {};
  }),
  announceOpenRecord: os.announceOpenRecord.handler(({ input: { id }, context: { services } }) => {
    const type = id === null ? undefined : locateRecord(services.read, id)?.type;
    syncService(services).announceRecord(id === null || type === undefined ? null : { type, id });
    return {};
  }),
  runOnce: os.runOnce.handler(
    backgroundJob(({ context: { services } }, { onProgress: report, signal }) =>
      syncService(services).syncNow(report, signal),
    ),
  ),
  check: os.check.handler(({ input, context: { services } }) => {
    const service = syncService(services);
    const joined = readState(services.read);
    const { clock } = services.source;
    const typed = input.url === undefined ? undefined : readServerAddress(input.url);
    if (input.url !== undefined && !(typed && 'url' in typed && typed.url === joined?.url))
      return checkConnection(services.http, input.url, { clock });
    const { url, share } = joinedState(services.read);
    const checkAccount = async (): Promise<string> =>
      service.callServer(async (remote) => (await shakeHands(remote, share)).user.name);
    return checkConnection(services.http, url, { clock, checkAccount });
  }),
  fetchFile: os.fetchFile.handler(
    backgroundJob(({ input, context: { services } }, pace) =>
      fetchFile(syncService(services), services, input, pace),
    ),
  ),
  pause: os.pause.handler(async ({ input: { paused }, context: { services } }) => {
    await services.queue.series('sync', async ({ db }) => void changeState(db, { paused }));
    const service = syncService(services);
    if (!paused) service.wake();
    return service.status();
  }),
  signOut: os.signOut.handler(async ({ context: { services } }) => {
    const service = syncService(services);
    await service.signIn().end();
    service.setSignedOut();
    return service.status();
  }),
  leave: os.leave.handler(
    async ({ input: { keep_unsent, delete_remote }, context: { services }, signal }) => {
      const service = syncService(services);
      const state = joinedState(services.read);
      const pending = pendingTransactions(services.read, state).length;
      if (pending > 0 && !keep_unsent)
        throw new Fault('SYNC', {
          reason: 'unsent',
        });
      const signIn = service.signIn();
      const abortSignal = signal ?? new AbortController().signal;
      if (delete_remote)
        await service.withServer((remote) =>
          deleteOnServer({ services, remote, onProgress: () => {}, signal: abortSignal }),
        );
      // Before any other sync, which would pull the deletions and apply them here.
      await services.queue.series('sync', async ({ db }) => deleteServerState(db));
      await signIn.end();
      return service.status();
    },
  ),
  conflicts: os.conflicts.handler(query((db, { all }) => ({ conflicts: listConflicts(db, all) }))),
  resolve: os.resolve.handler(
    command((write, { id, choose }) => {
      resolveConflict(write, id, choose);
      return { op_id: write.audit.changes > 0 ? write.audit.op_id : null };
    }),
  ),
  quarantine: os.quarantine.handler(query((db, { all }) => ({ operations: listQuarantine(db, all) }))),
  resolveRejected: os.resolveRejected.handler(
    command((write, { op_id, as }) => {
      settleRefused(write, op_id, as);
      return { op_id: write.audit.changes > 0 ? write.audit.op_id : null };
    }),
  ),
  compare: os.compare.handler(
    backgroundJob(({ context: { services } }, { onProgress, signal }) =>
      syncService(services).withServer((remote) =>
        compareWithServer({ services, remote, onProgress, signal }),
      ),
    ),
  ),
  repair: os.repair.handler(
    backgroundJob(({ context: { services } }, { onProgress, signal }) =>
      syncService(services).withServer((remote) =>
        repairWithServer({ services, remote, onProgress, signal }),
      ),
    ),
  ),
};
