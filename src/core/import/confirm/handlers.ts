import type { z } from 'zod';
import type { AnswersRead, readAnswers as operation } from '#shared/contract/confirm.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { termStart } from '#shared/domain/terms.ts';
import { headOf } from '../../compare/page.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { operations } from '../../model/implement.ts';
import { job, longQuery } from '../../model/pipeline.ts';
import type { CallContext } from '../../model/services.ts';
import { planJob, runSteps } from '../../plan/dry-run.ts';
import type { Pace } from '../../plan/dry-run.ts';
import { settlePlan } from '../../plan/settle.ts';
import { planAnswers } from './plan.ts';
import { readRows } from './rows.ts';
import type { AnsweredFile } from './rows.ts';
import { writeSheets } from './sheets.ts';
import { readStatus } from './status.ts';

const os = operations.confirm;

type Input = Omit<z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>, 'grant'>;

/** Reads a workbook of answers and applies them, or says what they would do. Throws as the operation does. */
async function* readAnswers(
  call: CallContext,
  path: string,
  input: Input,
  signal?: AbortSignal,
): Stream<AnswersRead> {
  const file = yield* readRows(call.services, path, signal);
  if (input.sha256 !== undefined && input.sha256 !== file.sha256) {
    const message = `${file.name} has changed since the preview. Preview it again.`;
    throw refusal('changed_since_preview', message);
  }
  const { ids } = call.services.source;
  yield* planJob(call, { label: `answers of ${file.name}`, dry: input.dry, signal }, (write, pace) =>
    applyAnswers(write, { ...input, file, ids }, pace),
  );
}

async function applyAnswers(
  write: WriteContext,
  { dry, seen, file, ids }: Input & { file: AnsweredFile; ids: CallContext['services']['source']['ids'] },
  pace: Pace,
): Promise<AnswersRead> {
  const { db } = write;
  const head = headOf(db);
  const today = new Date(pace.clock.now()).toISOString().slice(0, 10);
  const planning = planAnswers(db, file.rows, { today, ids });
  const { plan, ...counts } = await runSteps(pace, 'checking', planning, file.rows.length);
  const report = await settlePlan(write, plan, { dry, seen }, pace);
  const { name, sha256 } = file;
  const { confirmed, deleted, added } = counts;
  write.audit.label('answers.read', { source: name, count: write.audit.changes, confirmed, deleted, added });
  const op_id = !dry && write.audit.changes > 0 ? write.audit.op_id : null;
  return { op_id, dry, ...report, ...counts, file: name, sha256, head };
}

/** Operations by which teams confirm their links once a term. */
export const confirmHandlers = {
  status: os.status.handler(
    longQuery((db, input, { services }) =>
      readStatus(db, { ...input, since: termStart(new Date(services.source.clock.now())) }),
    ),
  ),
  writeSheets: os.writeSheets.handler(
    job(({ input: { grant, ...which }, context: { services }, signal }) =>
      withFile(services.grants, { grant, use: 'write' }, (path) =>
        // The dialog of the system asked about a file that is there.
        writeSheets(services, path, { ...which, replace: true }, signal),
      ),
    ),
  ),
  readAnswers: os.readAnswers.handler(
    job(({ input: { grant, ...input }, context, signal }) => {
      const { grants } = context.services;
      // The ticket stays good: whoever looked at the answers wants to read the same file.
      if (input.dry) return readAnswers(context, grants.resolve(grant, 'read'), input, signal);
      return withFile(grants, { grant, use: 'read' }, (path) => readAnswers(context, path, input, signal));
    }),
  ),
};
