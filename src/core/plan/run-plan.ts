import type { LogHead } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { JobPace } from '../kernel/progress.ts';
import { runSteps } from '../kernel/progress.ts';
import type { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { readHead } from '../log/audit/head.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { CallContext } from '../model/services.ts';
import { refuseChanged, changedSinceSeen } from './changed-since.ts';
import { applyPlan, invalidPlanFault, tryPlan } from './plan.ts';
import type { CheckOptions, PlannedChange, PlanReport } from './plan.ts';

export interface PlanRun {
  /** Shown to processes that wait for the write lock. */
  jobLabel: string;
  /** Reports the changes that the plan would make, and rolls them back. */
  dry: boolean;
  /** The newest transaction that the user has seen. Records that changed since are refused. */
  seen?: LogHead | undefined;
}

/** Changes of many records, written as one audited transaction. */
export interface Plan {
  changes: readonly PlannedChange[];
  /** Records that must not have changed since `seen`; the records of `changes` unless given. */
  mustBeUnchanged?: Iterable<{ type: AuditedType | null; id: string }>;
  checks?: CheckOptions;
  /** Selects the problems to report. A plan with a reported problem is refused, unless the run is dry. */
  selectProblems?: (found: readonly Issue[]) => Issue[];
  label: (audit: AuditTransaction) => void;
}

export interface PlanResult extends PlanReport {
  /** Null if the run was dry or nothing changed. */
  op_id: string | null;
  dry: boolean;
  /** The newest transaction before the plan. */
  head: LogHead;
}

/** An open transaction in which a plan is made and applied. */
export interface PlanTransaction {
  write: WriteContext;
  pace: JobPace;
  /** Throws MOVED_ON, INVALID with the problems, FORBIDDEN, CANCELLED. */
  apply: (plan: Plan) => Promise<PlanResult>;
}

/** Thrown at the end of a dry run, so that its transaction is rolled back. */
class DryRunResult<R> extends Error {
  readonly result: R;

  constructor(result: R) {
    super('a dry run');
    this.result = result;
  }
}

/** Makes and applies a plan in one queued transaction, which a dry run rolls back. */
export async function runPlan<R>(
  { services, session }: CallContext,
  { jobLabel, dry, seen }: PlanRun,
  pace: JobPace,
  work: (transaction: PlanTransaction) => Promise<R>,
): Promise<R> {
  try {
    return await services.queue.job(session, jobLabel, async (write) => {
      const { id, hash } = readHead(write.db);
      const apply = async (plan: Plan): Promise<PlanResult> => {
        const report = await applyChecked(write, plan, { dry, seen }, pace);
        const op_id = !dry && write.audit.changes > 0 ? write.audit.op_id : null;
        return { op_id, dry, ...report, head: { id, hash } };
      };
      const result = await work({ write, pace, apply });
      if (dry) throw new DryRunResult(result);
      return result;
    });
  } catch (error) {
    if (!(error instanceof DryRunResult)) throw error;
    return (error as DryRunResult<R>).result;
  }
}

async function applyChecked(
  write: WriteContext,
  { changes, mustBeUnchanged = changes, checks, selectProblems, label }: Plan,
  { dry, seen }: Pick<PlanRun, 'dry' | 'seen'>,
  pace: JobPace,
): Promise<PlanReport> {
  refuseChanged(
    write.db,
    mustBeUnchanged,
    await runSteps(pace, 'checking', changedSinceSeen(write.db, seen)),
  );
  const work = (dry ? tryPlan : applyPlan)(write, changes, checks);
  const report = await runSteps(pace, 'writing', work, changes.length);
  const problems = selectProblems ? selectProblems(report.problems) : report.problems;
  if (problems.length > 0 && !dry) throw invalidPlanFault(problems);
  label(write.audit);
  return { ...report, problems };
}
