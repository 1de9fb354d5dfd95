import { operations } from '../implement.ts';
import { command, job, query } from '../pipeline.ts';
import { previewRestore } from '../restore/preview.ts';
import { createBackup } from './create.ts';
import { describeBackup, listBackups } from './list.ts';
import { onlyLive, prune } from './prune-job.ts';
import { readRetention, setRetention } from './retention.ts';
import { verifyBackup } from './verify.ts';

const os = operations.backups;

export const backupHandlers = {
  create: os.create.handler(
    job(({ context: { services }, signal: given }) => {
      const { files, source, log } = services;
      return services.jobs.stream(async (tell, signal) => {
        const options = { files, reason: 'asked', clock: source.clock, log, tell, signal };
        return describeBackup(await createBackup(options));
      }, given);
    }),
  ),
  list: os.list.handler(({ context }) => listBackups(context.services.files.backups)),
  verify: os.verify.handler(
    job(({ input, context: { services }, signal: given }) => {
      const { files, source, log } = services;
      const of = { files, id: input.id, clock: source.clock, log };
      return services.jobs.stream((tell, signal) => verifyBackup({ ...of, tell, signal }), given);
    }),
  ),
  preview: os.preview.handler(({ input, context }) => previewRestore(context.services, input.id)),
  retention: os.retention.handler(query((db) => readRetention(db))),
  setRetention: os.setRetention.handler(
    command((write, wanted, context) => {
      onlyLive(context);
      const { retention, changed } = setRetention(write, wanted);
      return { retention, op_id: changed ? write.audit.op_id : null };
    }),
  ),
  prune: os.prune.handler(
    job(({ input, context, signal: given }) =>
      context.services.jobs.stream((tell, signal) => prune(context, input, tell, signal), given),
    ),
  ),
};
