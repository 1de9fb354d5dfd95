import type { z } from 'zod';
import type { Stream } from '#shared/contract/progress.ts';
import type { advanceTerms as operation, TermsAdvanced } from '#shared/contract/terms.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { headOf } from '../compare/page.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visible } from '../kernel/db/schema.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { assertUniversity } from '../model/known-university.ts';
import type { CallContext } from '../model/services.ts';
import { planJob, runSteps } from '../plan/dry-run.ts';
import type { Pace } from '../plan/dry-run.ts';
import { refuseChanged, sinceSeen } from '../plan/moved.ts';
import { applyPlan, refusePlan, tryPlan } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';

type Input = z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>;

/** Advances students by terms, as one transaction that can be undone. Throws NOT_FOUND, MOVED_ON, FORBIDDEN, INVALID, CANCELLED, BUSY. */
export function advanceTerms(call: CallContext, input: Input, signal?: AbortSignal): Stream<TermsAdvanced> {
  const { dry } = input;
  return planJob(call, { label: 'advancing terms', dry, signal }, async (write, pace) => {
    const today = new Date(pace.clock.now()).toISOString().slice(0, 10);
    const done = await advance(write, { ...input, today }, pace);
    return { ...done, op_id: !dry && write.audit.changes > 0 ? write.audit.op_id : null };
  });
}

async function advance(
  write: WriteContext,
  input: Input & { today: string },
  pace: Pace,
): Promise<TermsAdvanced> {
  const { db } = write;
  const { dry, terms } = input;
  assertUniversity(db, input.university);
  const head = headOf(db);
  const { plan, graduates, unknown } = await runSteps(pace, 'checking', planTerms(db, input));
  const since = await runSteps(pace, 'checking', sinceSeen(db, input.seen));
  refuseChanged(db, plan, since);
  const work = (dry ? tryPlan : applyPlan)(write, plan);
  const report = await runSteps(pace, 'writing', work, plan.length);
  if (report.problems.length > 0 && !dry) throw refusePlan(report.problems);
  const { university } = input;
  const told = { terms, count: write.audit.changes, graduates, ...(university !== null && { university }) };
  write.audit.label('students.advanced', told);
  return { op_id: null, dry, ...report, graduates, unknown, head };
}

interface Planned {
  plan: PlannedChange[];
  graduates: number;
  unknown: number;
}

const page = 1000;
const active = `SELECT rowid AS row, id, payload FROM students
  WHERE ${visible()} AND (active IS NULL OR active <> 0) AND rowid > :after AND (:university IS NULL OR university_id = :university)
  ORDER BY rowid LIMIT ${page}`;

/** The changes of each active student. Yields the number visited. */
function* planTerms(
  db: ReadHandle,
  { terms, university, today }: Pick<Input, 'terms' | 'university'> & { today: string },
): Generator<number, Planned, void> {
  const planned: Planned = { plan: [], graduates: 0, unknown: 0 };
  let done = 0;
  for (let after = -1; ;) {
    const rows = db.all<{ row: number; id: string; payload: string }>(active, { after, university });
    for (const { id, payload: text } of rows) {
      const payload = JSON.parse(text) as JsonObject;
      const before = payload['terms_remaining'];
      if (typeof before !== 'number') {
        planned.unknown += 1;
        continue;
      }
      const left = Math.max(0, before - terms);
      const graduates = left === 0;
      if (graduates) planned.graduates += 1;
      const set = { terms_remaining: left, ...(graduates ? { active: false, graduated_at: today } : {}) };
      planned.plan.push({ type: 'student', id, payload: { ...payload, ...set } });
    }
    yield (done += rows.length);
    if (rows.length < page) return planned;
    after = rows.at(-1)?.row ?? after;
  }
}
