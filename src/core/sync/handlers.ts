import { Fault } from '#shared/contract/faults.ts';
import { locateRecord } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { operationBuilder } from '../model/implement.ts';
import { backgroundJob, command, feed, query } from '../model/pipeline.ts';
import { compareWithServer } from './compare.ts';
import { deleteRemote } from './delete-remote.ts';
import { listConflicts, listQuarantine, resolveConflict, settleRefused } from './conflicts.ts';
import { fetchFile } from './fetch-file.ts';
import { changePassword, joinServer, signInAgain } from './join.ts';
import { repairWithServer } from './repair.ts';
import { pendingTransactions } from './outgoing.ts';
import { SyncService } from './service.ts';
import { changeState, forgetServer, joinedState } from './state.ts';

const os = operationBuilder.sync;

const makeBox = (): { service?: SyncService } => ({});

export function syncService(of: Services): SyncService {
  const box = of.singletons.get(makeBox);
  return (box.service ??= new SyncService(of));
}

export const syncHandlers = {
  status: os.status.handler(async ({ context: { services: of } }) => {
    const service = syncService(of);
    await service.lookForSignIn();
    return service.status();
  }),
  watch: os.watch.handler(feed(({ context, signal }) => syncService(context.services).watch(signal))),
  join: os.join.handler(
    backgroundJob(({ input, context }, pace) =>
      joinServer(context, syncService(context.services), input, pace),
    ),
  ),
  signIn: os.signIn.handler(async ({ input, context: { services: of } }) => {
    const service = syncService(of);
    await signInAgain(of, service, input);
    return service.status();
  }),
  signInByUniversity: os.signInByUniversity.handler(
    backgroundJob(async ({ context: { services: of } }, { onProgress, signal }) => {
      const service = syncService(of);
      await signInAgain(of, service, { onProgress, signal });
      return service.status();
    }),
  ),
  changePassword: os.changePassword.handler(async ({ input, context: { services: of } }) => {
    await changePassword(syncService(of), input);
    return {};
  }),
  open: os.open.handler(({ input: { id }, context: { services: of } }) => {
    const type = id === null ? undefined : locateRecord(of.read, id)?.type;
    syncService(of).openRecord(id === null || type === undefined ? null : { type, id });
    return {};
  }),
  now: os.now.handler(
    backgroundJob(({ context: { services: of } }, { onProgress: report, signal }) =>
      syncService(of).now(report, signal),
    ),
  ),
  fetchFile: os.fetchFile.handler(
    backgroundJob(({ input, context: { services: of } }, pace) =>
      fetchFile(syncService(of), of, input, pace),
    ),
  ),
  pause: os.pause.handler(async ({ input: { paused }, context: { services: of } }) => {
    await of.queue.series('sync', async ({ db }) => void changeState(db, { paused }));
    const service = syncService(of);
    if (!paused) service.wake();
    return service.status();
  }),
  signOut: os.signOut.handler(async ({ context: { services: of } }) => {
    const service = syncService(of);
    await service.signIn().end();
    service.signedOut();
    return service.status();
  }),
  leave: os.leave.handler(
    async ({ input: { keep_unsent, delete_remote }, context: { services: of }, signal }) => {
      const service = syncService(of);
      const state = joinedState(of.read);
      const pending = pendingTransactions(of.read, state).length;
      if (pending > 0 && !keep_unsent)
        throw new Fault('SYNC', {
          reason: 'unsent',
        });
      const signIn = service.signIn();
      const raised = signal ?? new AbortController().signal;
      if (delete_remote)
        await service.with((remote) =>
          deleteRemote({ services: of, remote, onProgress: () => {}, signal: raised }),
        );
      // Immediately: another sync would fetch the deletions and apply them here.
      await of.queue.series('sync', async ({ db }) => forgetServer(db));
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
  settle: os.settle.handler(
    command((write, { op_id, as }) => {
      settleRefused(write, op_id, as);
      return { op_id: write.audit.changes > 0 ? write.audit.op_id : null };
    }),
  ),
  compare: os.compare.handler(
    backgroundJob(({ context: { services: of } }, { onProgress, signal }) =>
      syncService(of).with((remote) => compareWithServer({ services: of, remote, onProgress, signal })),
    ),
  ),
  repair: os.repair.handler(
    backgroundJob(({ context: { services: of } }, { onProgress, signal }) =>
      syncService(of).with((remote) => repairWithServer({ services: of, remote, onProgress, signal })),
    ),
  ),
};
