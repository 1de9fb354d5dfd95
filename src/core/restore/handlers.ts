import { operations } from '../model/implement.ts';
import { job } from '../model/pipeline.ts';
import { goldenStatus } from './golden-status.ts';
import { restoreRecords } from './records/restore.ts';
import { resetToGolden, restoreBackup } from './version.ts';

const { backups, golden } = operations;

/** Handlers that restore from backups. */
export const restoreHandlers = {
  restoreRecords: backups.restoreRecords.handler(
    job(({ input, context, signal }) => restoreRecords(context, input, signal)),
  ),
  restore: backups.restore.handler(
    job(({ input, context, signal }) => restoreBackup(context, input, signal)),
  ),
};

/** Restoring golden versions. */
export const resetHandlers = {
  status: golden.status.handler(({ context }) => goldenStatus(context.services)),
  reset: golden.reset.handler(job(({ input, context, signal }) => resetToGolden(context, input, signal))),
};
