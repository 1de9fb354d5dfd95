import { operations } from '../implement.ts';
import { command, job, query } from '../pipeline.ts';
import { keptHead } from '../audit/head.ts';
import { workspaceFiles } from '../db/files.ts';
import { permitChanges } from '../entities/permit.ts';
import { askLive } from '../sandboxes/guest.ts';
import type { Services } from '../services.ts';
import { actorOf, actingProfile } from '../session.ts';
import { refuseOwnFile } from '../files/own-files.ts';
import { readFacts } from '../workspace/facts.ts';
import { withFile } from '../files/with-file.ts';
import { previewRestore } from '../restore/preview.ts';
import { diffBackup } from '../restore/records/diff.ts';
import { restoreRecords } from '../restore/records/restore.ts';
import { bringBack } from './bring-back.ts';
import { createBackup } from './create.ts';
import { exportBackup } from './file/export.ts';
import { takeBackup } from './file/take.ts';
import { formerPlaces } from './former.ts';
import { describeBackup, listBackups } from './list.ts';
import { onlyLive, prune } from './prune-job.ts';
import { readRetention, setRetention } from './retention.ts';
import { verifyBackup } from './verify.ts';

const os = operations.backups;

/** A sandbox may be of another workspace. Null where live cannot be read. */
const idOfLive = ({ files, read, log }: Services): string | null =>
  files.target.kind === 'live'
    ? readFacts(read).id
    : askLive(files.folder, log, (live) => readFacts(live).id);

export const backupHandlers = {
  create: os.create.handler(
    job(({ input: besides, context: { services }, signal: given }) => {
      const { files, source, log } = services;
      return services.jobs.stream(async (tell, signal) => {
        const options = { files, reason: 'asked', besides, clock: source.clock, log, tell, signal };
        return describeBackup(await createBackup(options));
      }, given);
    }),
  ),
  list: os.list.handler(({ context: { services } }) => {
    const { backups, folder } = services.files;
    return listBackups(backups, keptHead(workspaceFiles(folder).head), idOfLive(services));
  }),
  former: os.former.handler(({ context: { services } }) =>
    services.files.target.kind === 'live' ? formerPlaces(services.files.folder) : [],
  ),
  verify: os.verify.handler(
    job(({ input, context: { services }, signal: given }) => {
      const { files, source, log } = services;
      const of = { files, id: input.id, clock: source.clock, log };
      return services.jobs.stream((tell, signal) => verifyBackup({ ...of, tell, signal }), given);
    }),
  ),
  preview: os.preview.handler(({ input, context }) => previewRestore(context, input.id)),
  bringBack: os.bringBack.handler(job(({ input, context, signal }) => bringBack(context, input, signal))),
  diff: os.diff.handler(
    job(({ input: { id, ...asked }, context: { services }, signal: given }) => {
      const { files, source, log } = services;
      const of = { files, id, clock: source.clock, log };
      return services.jobs.stream(
        (tell, signal) => diffBackup(services, asked, { ...of, tell, signal }),
        given,
      );
    }),
  ),
  restoreRecords: os.restoreRecords.handler(
    job(({ input, context, signal }) => restoreRecords(context, input, signal)),
  ),
  retention: os.retention.handler(query((db) => readRetention(db))),
  setRetention: os.setRetention.handler(
    command((write, wanted, context) => {
      onlyLive(context);
      const { retention, changed } = setRetention(write, wanted);
      return { retention, op_id: changed ? write.audit.op_id : null };
    }),
  ),
  exportFile: os.exportFile.handler(
    job(({ input: { id, grant, passphrase }, context: { services }, signal: given }) =>
      withFile(services.grants, { grant, use: 'write' }, (path) => {
        const { files, source } = services;
        const { clock, ids } = source;
        return services.jobs.stream(
          (tell, signal) =>
            exportBackup({ files, id, path, replace: true, passphrase, clock, ids, tell, signal }),
          given,
        );
      }),
    ),
  ),
  takeBack: os.takeBack.handler(
    job(({ input: { grant, passphrase }, context: { services, session }, signal: given }) =>
      withFile(services.grants, { grant, use: 'read' }, (path) => {
        const { files, source, log, read } = services;
        return services.jobs.stream(async (tell, signal) => {
          permitChanges(actorOf(actingProfile(read, session)), { type: 'backup', id: '' });
          await refuseOwnFile(path, files);
          return takeBackup({ files, path, passphrase, clock: source.clock, log, tell, signal });
        }, given);
      }),
    ),
  ),
  prune: os.prune.handler(
    job(({ input, context, signal: given }) =>
      context.services.jobs.stream((tell, signal) => prune(context, input, tell, signal), given),
    ),
  ),
};
