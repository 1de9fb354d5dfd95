import { readRecordedHead } from '../log/audit/head.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { assertCanWrite } from '../model/permissions.ts';
import { auditAct, auditExport } from '../model/audit-act.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, query } from '../model/pipeline.ts';
import { readFromLive } from '../log/guest.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { withFile } from '../kernel/files/with-file.ts';
import type { JobPace } from '../kernel/progress.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { addBackup, recognizeFile } from './add.ts';
import { createBackup } from './create.ts';
import { assertLive } from './declared-fault.ts';
import { exportBackup } from './export.ts';
import {
  companionNamesOf,
  describeBackup,
  readableCompanions,
  listBackups,
  backupFileNames,
  storedBytes,
} from './list.ts';
import { verifyBackup } from './unpack-version.ts';
import type { ReadOptions } from './unpack-version.ts';
import { restoreInto } from './restore-into.ts';
import { prune, readRetention, setRetention } from './prune.ts';

const os = operationBuilder.backups;

/** Id of live's workspace; null if live is unreadable. A sandbox can be of another workspace. */
const idOfLive = ({ files, read, log }: Services): string | null =>
  files.target.kind === 'live'
    ? readFacts(read).id
    : readFromLive(files.folder, log, (live) => readFacts(live).id);

const readOptionsOf = ({ services: { files, log } }: CallContext, pace: JobPace): ReadOptions => ({
  files,
  log,
  ...pace,
});

export const backupStoreHandlers = {
  create: os.create.handler(
    backgroundJob(async ({ input: companions, context }, pace) => {
      const backup = await createBackup({ ...readOptionsOf(context, pace), reason: 'asked', companions });
      await auditAct(context, 'backups.create', { backup: backup.id, reason: backup.reason });
      const { backups } = context.services.files;
      const names = companionNamesOf(await backupFileNames(backups), backup.id);
      const inside = await readableCompanions(backups, backup.id, names);
      const stored = await storedBytes(backups, backup.id, names);
      return { ...describeBackup(backup, { inside, stored }), damaged: backup.damaged };
    }),
  ),
  list: os.list.handler(({ context: { services } }) => {
    const { backups, folder } = services.files;
    return listBackups(backups, readRecordedHead(workspaceFiles(folder).head), idOfLive(services));
  }),
  verify: os.verify.handler(
    backgroundJob(({ input: { id }, context }, pace) =>
      verifyBackup({ ...readOptionsOf(context, pace), id }),
    ),
  ),
  retention: os.retention.handler(query((db) => readRetention(db))),
  setRetention: os.setRetention.handler(
    command((write, request, context) => {
      assertLive(context.services.files, 'backup');
      const { retention, changed } = setRetention(write, request);
      return { retention, op_id: changed ? write.audit.op_id : null };
    }),
  ),
  exportFile: os.exportFile.handler(
    backgroundJob(({ input: { id, grant, passphrase }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) => {
        const exportOptions = { id, path, replace: true, passphrase, ids: context.services.source.ids };
        return auditExport(context, exportBackup({ ...readOptionsOf(context, pace), ...exportOptions }));
      }),
    ),
  ),
  makeWorkspace: os.makeWorkspace.handler(
    backgroundJob(({ input: { id, grant }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'write' }, async (into) => {
        const { ids } = context.services.source;
        const { counts } = await restoreInto({ ...readOptionsOf(context, pace), id, into, ids });
        return { id, counts };
      }),
    ),
  ),
  recognize: os.recognize.handler(({ input, context }) =>
    recognizeFile(context.services.grants.resolve(input.grant, 'read')),
  ),
  importFile: os.importFile.handler(
    backgroundJob(({ input: { grant, passphrase }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'read' }, async (path) => {
        const { files, read } = context.services;
        assertCanWrite(actorOf(actingProfile(read, context.session)), { type: 'backup', id: '' });
        await refuseOwnFile(path, files);
        return addBackup({ ...readOptionsOf(context, pace), path, passphrase });
      }),
    ),
  ),
  prune: os.prune.handler(
    backgroundJob(({ input, context }, { onProgress, signal }) => prune(context, input, onProgress, signal)),
  ),
};
