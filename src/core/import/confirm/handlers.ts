import type { z } from 'zod';
import type { AnswersRead, readAnswers as operation } from '#shared/contract/confirm.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { termStart } from '#shared/domain/terms.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import { operations } from '../../model/implement.ts';
import { job, longQuery } from '../../model/pipeline.ts';
import type { CallContext } from '../../model/services.ts';
import { runSteps } from '../../kernel/progress.ts';
import { runPlan } from '../../plan/run-plan.ts';
import { planAnswers } from './plan.ts';
import { readRows } from './rows.ts';
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
  const { dry, seen } = input;
  const { name, sha256, rows } = file;
  yield* runPlan(
    call,
    { waiting: `answers of ${name}`, dry, seen },
    signal,
    async ({ write, pace, apply }) => {
      const today = new Date(pace.clock.now()).toISOString().slice(0, 10);
      const planning = planAnswers(write.db, rows, { today, ids: write.ids });
      const { plan, ...counts } = await runSteps(pace, 'checking', planning, rows.length);
      const { confirmed, deleted, added } = counts;
      const done = await apply({
        changes: plan,
        label: (audit) =>
          audit.label('answers.read', { source: name, count: audit.changes, confirmed, deleted, added }),
      });
      return { ...done, ...counts, file: name, sha256 };
    },
  );
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
