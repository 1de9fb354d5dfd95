import type { InputOf } from '#shared/contract/base.ts';
import type { AnswersResult, readAnswers as operation } from '#shared/contract/confirm.ts';
import { termStart } from '#shared/domain/terms.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import { operationBuilder } from '../../model/operation-builder.ts';
import { longQuery, writeJob } from '../../model/pipeline.ts';
import type { CallContext } from '../../model/services.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { JobPace } from '../../kernel/progress.ts';
import { runPlan } from '../../plan/run-plan.ts';
import type { PlanTransaction } from '../../plan/run-plan.ts';
import { planAnswers } from './plan.ts';
import { readRows } from './rows.ts';
import { writeSheets } from './sheets.ts';
import { readStatus } from './status.ts';

const os = operationBuilder.confirm;

type Input = Omit<InputOf<typeof operation>, 'grant'>;

/** Reads a workbook of answers and applies or previews them. Throws as the operation does. */
async function readAnswers(
  call: CallContext,
  path: string,
  input: Input,
  job: JobPace,
): Promise<AnswersResult> {
  const file = await readRows(call.services, path, job);
  if (input.sha256 !== undefined && input.sha256 !== file.sha256) {
    throw fileRefusal('changed_since_preview', { file: file.name });
  }
  const { dry, seen } = input;
  const { name, sha256, rows } = file;
  const work = async ({ write, pace, apply }: PlanTransaction): Promise<AnswersResult> => {
    const today = new Date(pace.clock.now()).toISOString().slice(0, 10);
    const planSteps = planAnswers(write.db, rows, { today, ids: write.ids });
    const { plan, ...counts } = await runSteps(pace, 'checking', planSteps, rows.length);
    const { confirmed, deleted, added } = counts;
    const applied = await apply({
      changes: plan,
      label: (audit) =>
        audit.label('answers.read', { source: name, count: audit.changes, confirmed, deleted, added }),
    });
    return { ...applied, ...counts, file: name, sha256 };
  };
  const options = { jobLabel: `answers of ${name}`, dry, seen };
  return runPlan(call, options, job, work);
}

/** Operations for confirming links once a term. */
export const confirmHandlers = {
  status: os.status.handler(
    longQuery((db, input, { services }) =>
      readStatus(db, { ...input, since: termStart(new Date(services.source.clock.now())) }),
    ),
  ),
  writeSheets: os.writeSheets.handler(
    writeJob(({ input: { grant, ...scope }, context: { services } }, pace) =>
      withFile(services.grants, { grant, use: 'write' }, (path) =>
        // The system's dialog asked before replacing a file.
        writeSheets(services, path, { ...scope, replace: true }, pace),
      ),
    ),
  ),
  readAnswers: os.readAnswers.handler(
    writeJob(({ input: { grant, ...input }, context }, pace) => {
      const { grants } = context.services;
      // The grant stays valid, so that the same file can be applied after the preview.
      if (input.dry) return readAnswers(context, grants.resolve(grant, 'read'), input, pace);
      return withFile(grants, { grant, use: 'read' }, (path) => readAnswers(context, path, input, pace));
    }),
  ),
};
