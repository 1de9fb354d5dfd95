import type { InputOf } from '#shared/contract/base.ts';
import type { advanceTerms as operation, AdvanceResult } from '#shared/contract/terms.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { assertUniversity } from '../model/known-university.ts';
import { readPages } from '../model/read-pages.ts';
import type { CallContext } from '../model/services.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';

type AdvanceInput = InputOf<typeof operation>;

/** Advances students by terms, as one transaction that can be undone. Throws NOT_FOUND, MOVED_ON, FORBIDDEN, INVALID, CANCELLED, BUSY. */
export function advanceTerms(
  call: CallContext,
  input: AdvanceInput,
  jobPace: JobPace,
): Promise<AdvanceResult> {
  const { dry, seen, terms, university } = input;
  return runPlan(
    call,
    { jobLabel: 'advancing terms', dry, seen },
    jobPace,
    async ({ write, pace, apply }) => {
      const today = new Date(pace.clock.now()).toISOString().slice(0, 10);
      assertUniversity(write.db, university);
      const planSteps = planTerms(write.db, { terms, university, today });
      const { plan, graduates, unknown } = await runSteps(pace, 'checking', planSteps);
      const scope = university === null ? {} : { university };
      const applied = await apply({
        changes: plan,
        label: (audit) =>
          audit.label('students.advanced', { terms, count: audit.changes, graduates, ...scope }),
      });
      return { ...applied, graduates, unknown };
    },
  );
}

interface TermsPlan {
  plan: PlannedChange[];
  graduates: number;
  unknown: number;
}

const studentsSql = `SELECT rowid AS row, id, payload FROM students
  WHERE ${visibleCondition()} AND (active IS NULL OR active <> 0) AND (:university IS NULL OR university_id = :university)`;

/** The changes of each active student. Yields the number visited. */
function* planTerms(
  db: ReadHandle,
  { terms, university, today }: Pick<AdvanceInput, 'terms' | 'university'> & { today: string },
): Generator<number, TermsPlan, void> {
  const result: TermsPlan = { plan: [], graduates: 0, unknown: 0 };
  let done = 0;
  for (const rows of readPages<{ id: string; payload: string }>(db, studentsSql, { university })) {
    for (const { id, payload: text } of rows) {
      const payload = JSON.parse(text) as JsonObject;
      const before = payload['terms_remaining'];
      if (typeof before !== 'number') {
        result.unknown += 1;
        continue;
      }
      const termsLeft = Math.max(0, before - terms);
      const isGraduating = termsLeft === 0;
      if (isGraduating) result.graduates += 1;
      const changes = {
        terms_remaining: termsLeft,
        ...(isGraduating ? { active: false, graduated_at: today } : {}),
      };
      result.plan.push({ type: 'student', id, payload: { ...payload, ...changes } });
    }
    yield (done += rows.length);
  }
  return result;
}
