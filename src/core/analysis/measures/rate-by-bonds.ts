import { issueOf } from '#shared/texts/issues.ts';
import { assertUniversity } from '../../model/known-university.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { BondRatingResult, rateByBonds as operation } from '#shared/contract/factors.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { readPages } from '../../model/read-pages.ts';
import type { CallContext } from '../../model/services.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { JobPace } from '../../kernel/progress.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { runPlan } from '../../plan/run-plan.ts';
import { readFactorRecords, factorValuesOf, contributionsOf, factorValuesByBond } from './factor.ts';

type Input = InputOf<typeof operation>;

/** Rates links by their bonds, in one transaction that can be undone. Throws NOT_FOUND, MOVED_ON, FORBIDDEN, INVALID, CANCELLED, BUSY. */
export function rateByBonds(call: CallContext, input: Input, job: JobPace): Promise<BondRatingResult> {
  const { dry, seen, university } = input;
  return runPlan(call, { jobLabel: 'rating by bonds', dry, seen }, job, async ({ write, pace, apply }) => {
    assertUniversity(write.db, university);
    const { plan, unknown } = await runSteps(pace, 'checking', planRatings(write.db, { university }));
    const missingIssues = plan.length > 0 ? findMissingValues(write.db) : [];
    const result = await apply({
      changes: plan,
      selectProblems: (problems) => [...missingIssues, ...problems],
      label: (audit) => audit.label('interfaces.rated', { count: audit.changes }),
    });
    return { ...result, unknown };
  });
}

/** An issue for each factor value of a bond that no active risk factor has. */
function findMissingValues(db: ReadHandle): Issue[] {
  const factors = readFactorRecords(db, 'risk-factor').map(({ payload }) => payload);
  const requiredValues = new Map(
    Object.values(factorValuesByBond)
      .flatMap((values) => Object.entries(values))
      .map(([name, value]) => [`${name}: ${value}`, { name, value }]),
  );
  return [...requiredValues.values()].flatMap(({ name, value }) => {
    const factor = factors.find((record) => record['factor_name'] === name && record['active'] !== false);
    if (factor && contributionsOf(factor).has(value)) return [];
    return [issueOf('', 'no_factor_value', { name, value })];
  });
}

const universityCondition = (end: string): string =>
  ['universities', 'projects', 'organisations', 'teams', 'faculty', 'students']
    .map((table) => `EXISTS (SELECT 1 FROM ${table} e WHERE e.id = ${end} AND e.university_id = :university)`)
    .join(' OR ');
const linkQuery = `SELECT rowid AS row, id, payload FROM interfaces i WHERE ${visibleCondition('i')}
  AND (:university IS NULL OR ${universityCondition('i.from_id')} OR ${universityCondition('i.to_id')})`;

/** Plans the factor values of each unrated link by its bond; `unknown` counts links with another bond. Yields the number visited. */
function* planRatings(
  db: ReadHandle,
  { university }: Pick<Input, 'university'>,
): Generator<number, { plan: PlannedChange[]; unknown: number }, void> {
  const plan: PlannedChange[] = [];
  let [unknown, done] = [0, 0];
  for (const rows of readPages<{ id: string; payload: string }>(db, linkQuery, { university })) {
    for (const { id, payload: text } of rows) {
      const payload = JSON.parse(text) as JsonObject;
      if (factorValuesOf(payload)) continue;
      const bond = payload['bond_type'];
      const values = typeof bond === 'string' ? factorValuesByBond[bond] : undefined;
      if (!values) {
        unknown += 1;
        continue;
      }
      plan.push({ type: 'interface', id, payload: { ...payload, factor_values: values } });
    }
    yield (done += rows.length);
  }
  return { plan, unknown };
}
