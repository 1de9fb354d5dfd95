import { operations } from '../model/implement.ts';
import { job } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { diffGolden, goldenStatus } from './golden-diff.ts';
import type { Reading } from '../versions/open.ts';
import { diffBackup } from './records/diff.ts';
import { restoreRecords } from './records/restore.ts';
import { resetToGolden, restoreBackup } from './version.ts';

const { backups, golden } = operations;

const reading = (
  { services: { files, log, source } }: CallContext,
  tell: OnProgress,
  signal: AbortSignal,
): Reading => ({ files, log, clock: source.clock, tell, signal });

/** Handlers that compare backups and restore them. */
export const restoreHandlers = {
  diff: backups.diff.handler(
    job(({ input: { id, ...asked }, context, signal: given }) =>
      context.services.background.stream(
        (tell, signal) => diffBackup(context.services, asked, { ...reading(context, tell, signal), id }),
        given,
      ),
    ),
  ),
  restoreRecords: backups.restoreRecords.handler(
    job(({ input, context, signal }) => restoreRecords(context, input, signal)),
  ),
  restore: backups.restore.handler(
    job(({ input, context, signal }) => restoreBackup(context, input, signal)),
  ),
};

/** As `restoreHandlers` for golden versions. */
export const resetHandlers = {
  status: golden.status.handler(({ context }) => goldenStatus(context.services)),
  diff: golden.diff.handler(
    job(({ input, context, signal: given }) =>
      context.services.background.stream(
        (tell, signal) => diffGolden(context.services, input, reading(context, tell, signal)),
        given,
      ),
    ),
  ),
  reset: golden.reset.handler(job(({ input, context, signal }) => resetToGolden(context, input, signal))),
};
