import { operations } from '../model/implement.ts';
import { backgroundJob, writeJob } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import type { JobPace } from '../kernel/progress.ts';
import { diffGolden, goldenStatus } from './golden-diff.ts';
import type { Reading } from '../versions/open.ts';
import { diffBackup } from './records/diff.ts';
import { restoreRecords } from './records/restore.ts';
import { resetToGolden, restoreBackup } from './version.ts';

const { backups, golden } = operations;

const reading = ({ services: { files, log } }: CallContext, pace: JobPace): Reading => ({
  files,
  log,
  ...pace,
});

/** Handlers that compare backups and restore them. */
export const restoreHandlers = {
  diff: backups.diff.handler(
    backgroundJob(({ input: { id, ...asked }, context }, pace) =>
      diffBackup(context.services, asked, { ...reading(context, pace), id }),
    ),
  ),
  restoreRecords: backups.restoreRecords.handler(
    writeJob(({ input, context }, pace) => restoreRecords(context, input, pace)),
  ),
  restore: backups.restore.handler(
    writeJob(({ input, context }, pace) => restoreBackup(context, input, pace)),
  ),
};

/** As `restoreHandlers` for golden versions. */
export const resetHandlers = {
  status: golden.status.handler(({ context }) => goldenStatus(context.services)),
  diff: golden.diff.handler(
    backgroundJob(({ input, context }, pace) => diffGolden(context.services, input, reading(context, pace))),
  ),
  reset: golden.reset.handler(writeJob(({ input, context }, pace) => resetToGolden(context, input, pace))),
};
