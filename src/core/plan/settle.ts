import type { LogHead } from '#shared/contract/compare.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { runSteps } from './dry-run.ts';
import type { Pace } from './dry-run.ts';
import { refuseChanged, sinceSeen } from './moved.ts';
import { applyPlan, refusePlan, tryPlan } from './plan.ts';
import type { PlannedChange, PlanReport } from './plan.ts';

/**
 * Applies a plan, or in a dry run reports what would prevent it. Throws MOVED_ON if a record changed since the transaction that somebody saw, INVALID, FORBIDDEN.
 */
export async function settlePlan(
  write: WriteContext,
  plan: readonly PlannedChange[],
  { dry, seen }: { dry: boolean; seen?: LogHead | undefined },
  pace: Pace,
): Promise<PlanReport> {
  refuseChanged(write.db, plan, await runSteps(pace, 'checking', sinceSeen(write.db, seen)));
  const work = (dry ? tryPlan : applyPlan)(write, plan);
  const report = await runSteps(pace, 'writing', work, plan.length);
  if (report.problems.length > 0 && !dry) throw refusePlan(report.problems);
  return report;
}
