import { operationBuilder } from '../model/operation-builder.ts';
import { writeJob } from '../model/pipeline.ts';
import { goldenStatus } from './golden-status.ts';
import { restoreRecords } from './records/restore.ts';
import { resetToGolden, restoreBackup } from './version.ts';

const { backups, golden } = operationBuilder;

export const restoreHandlers = {
  restoreRecords: backups.restoreRecords.handler(
    writeJob(({ input, context }, pace) => restoreRecords(context, input, pace)),
  ),
  restore: backups.restore.handler(
    writeJob(({ input, context }, pace) => restoreBackup(context, input, pace)),
  ),
};

export const resetHandlers = {
  status: golden.status.handler(({ context }) => goldenStatus(context.services)),
  reset: golden.reset.handler(writeJob(({ input, context }, pace) => resetToGolden(context, input, pace))),
};
