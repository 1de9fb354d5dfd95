import { issueWithCode, targetValues, withProblem } from '#shared/texts/issues.ts';
import type { LogHead, MergeResult } from '#shared/contract/compare.ts';
import type { DifferingRef, Issue } from '#shared/contract/fault-data.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { backUpBeforePlan } from '../versions/create.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import type { Base, SandboxFacts } from '../log/sandbox-facts.ts';
import { promotedLabel, refreshedLabel, writeSandboxFacts } from '../log/sandbox-facts.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { assertCanWrite } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { changedSince, movedOnFault, refuseChanged, undecidedFault } from '../plan/changed-since.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';
import type { Plan, PlanTransaction } from '../plan/run-plan.ts';
import { universityPlanner } from '../plan/references.ts';
import { baseOfSandbox, mergeBaseOf } from './base.ts';
import { differencesBetween } from './between.ts';
import type { MergeSides } from './between.ts';
import { headOf } from './page.ts';
import { titleOf } from './rows.ts';
import { copyOfSide, otherSide, Resolver } from './resolve.ts';
import type { Resolution, Side } from './resolve.ts';
import { factsIn, withLive, withSandbox } from './snapshots.ts';

interface MergeRequest extends Resolution {
  id: string;
  seen?: { live: LogHead; play: LogHead } | undefined;
  dry: boolean;
}

/**
 * Promotes a sandbox's changes into live, which must be open, as one audited change that undo reverts. Backs live up before the commit; the
 * sandbox stays unchanged. Throws MOVED_ON, UNDECIDED, INVALID with the problems, FORBIDDEN, CANCELLED, NOT_FOUND, WORKSPACE, BUSY.
 */
export function promote(call: CallContext, request: MergeRequest, job: JobPace): Promise<MergeResult> {
  const { services } = call;
  if (services.files.target.kind !== 'live') throw wrongTarget('promote_in_live');
  return mergeJob(call, 'promotion', request, job, (transaction) =>
    withSandbox(services, request.id, async (sandbox, facts) => {
      const live = transaction.write.db;
      const sides = { ours: live, theirs: sandbox, mergeBase: mergeBaseOf(live, sandbox, facts) };
      const { name, id } = facts;
      const agents = agentsIn(sandbox, facts);
      const agentParams = agents.length > 0 ? { agents } : {};
      const merged = await merge(transaction, sides, 'play', request, (audit) =>
        audit.label(promotedLabel, { name, id, count: audit.changes, play: headOf(sandbox), ...agentParams }),
      );
      const backup =
        merged.op_id === null ? null : await backUpBeforePlan(services, 'promote', transaction.pace);
      return { ...merged, backup };
    }),
  );
}

/** Names of the agents that changed the sandbox, including agents whose changes are not selected. */
const agentsIn = (sandbox: ReadHandle, { own_after }: SandboxFacts): string[] =>
  sandbox.column<string>(
    `SELECT DISTINCT params ->> '$.agent' FROM audit_transactions WHERE id > ? AND params ->> '$.agent' IS NOT NULL ORDER BY 1`,
    [own_after],
  );

/**
 * Refreshes the open sandbox with live's changes since the base, like `promote` in the other direction; live's current state becomes the
 * base. Only reads live. Undo restores the old base too. Throws as `promote`.
 */
export function refresh(call: CallContext, request: MergeRequest, job: JobPace): Promise<MergeResult> {
  const { services } = call;
  const { target } = services.files;
  if (target.kind !== 'sandbox' || target.id !== request.id) throw wrongTarget('refresh_in_sandbox');
  return mergeJob(call, 'refresh', request, job, (transaction) =>
    withLive(services, async (live) => {
      const sandbox = transaction.write.db;
      const facts = factsIn(sandbox, request.id);
      const mergeBase = mergeBaseOf(live, sandbox, facts);
      const { id, op_id, hash } = readHead(live);
      const newBase: Base = { id, op_id, hash };
      const oldBase = baseOfSandbox(sandbox, facts.base, mergeBase.commonEnd);
      const merged = await merge(
        transaction,
        { ours: live, theirs: sandbox, mergeBase },
        'live',
        request,
        (audit) => {
          const params = { name: facts.name, id: facts.id, count: audit.changes };
          audit.label(refreshedLabel, { ...params, was: { ...oldBase }, now: { ...newBase } });
        },
      );
      // If the refresh changes no record, no transaction records the new base.
      if (transaction.write.audit.changes === 0) writeSandboxFacts(sandbox, { base: newBase });
      return { ...merged, backup: null };
    }),
  );
}

function mergeJob(
  call: CallContext,
  jobName: string,
  { dry, id }: MergeRequest,
  job: JobPace,
  work: (transaction: PlanTransaction) => Promise<MergeResult>,
): Promise<MergeResult> {
  const { services, session } = call;
  assertCanWrite(actorOf(actingProfile(services.read, session)), { type: 'sandbox', id });
  return runPlan(call, { jobLabel: jobName, dry }, job, work);
}

interface MergeSelection {
  plan: PlannedChange[];
  undecided: DifferingRef[];
  keptCount: number;
  touched: { type: AuditedType; id: string }[];
}

function* selectChanges(
  sides: MergeSides,
  from: Side,
  request: MergeRequest,
): Generator<number, MergeSelection, void> {
  const resolver = new Resolver(from, request);
  const selected: MergeSelection = { plan: [], undecided: [], keptCount: 0, touched: [] };
  const universitiesOf = universityPlanner(sides[copyOfSide[otherSide(from)]], sides[copyOfSide[from]]);
  yield* differencesBetween(sides, (difference) => {
    const resolved = resolver.resolve(difference);
    if (!resolved) return;
    const { type, id } = difference;
    for (const rowId of new Set([difference.ours.id, difference.theirs.id]))
      if (rowId !== null) selected.touched.push({ type, id: rowId });
    // Live's changes were permitted in live. To overwrite changes of the sandbox in a conflict, the actor needs a permission.
    const isPermitted = from === 'live' && !resolved.isForced;
    if (resolved.change) {
      for (const one of universitiesOf(resolved.change.payload))
        selected.plan.push({ ...one, skipsPermission: isPermitted });
      selected.plan.push({ ...resolved.change, skipsPermission: isPermitted });
    }
    if (resolved.keepsTarget) selected.keptCount += 1;
    for (const field of resolved.undecided)
      selected.undecided.push({ type, id, title: titleOf(sides, difference), field });
  });
  return selected;
}

/** Merges one side's changes into the other, within the plan's open transaction. */
async function merge(
  { pace, apply }: PlanTransaction,
  sides: MergeSides,
  from: Side,
  request: MergeRequest,
  label: Plan['label'],
): Promise<Omit<MergeResult, 'backup'>> {
  const heads = { live: headOf(sides.ours), play: headOf(sides.theirs) };
  const selected = await runSteps(pace, 'checking', selectChanges(sides, from, request));
  const { plan, undecided, keptCount, touched } = selected;
  if (request.seen) {
    for (const side of ['live', 'play'] as const) {
      const changedIds = await runSteps(
        pace,
        'checking',
        changedSince(sides[copyOfSide[side]], request.seen[side]),
      );
      if (!changedIds) throw movedOnFault([]);
      refuseChanged(sides[copyOfSide[side]], touched, changedIds);
    }
  }
  if (undecided.length > 0 && !request.dry) throw undecidedFault(undecided);
  const { head: _, ...result } = await apply({
    changes: plan,
    checks: { source: sides[copyOfSide[from]] },
    selectProblems: (issues) => (from === 'live' ? issues.map(explainDeleted) : [...issues]),
    label,
  });
  return { ...result, count: plan.length, left: keptCount, undecided, ...heads };
}

/** Explains that live refers to a record that the sandbox deleted, and what to do. */
function explainDeleted(issue: Issue): Issue {
  if (!issue.gone) return issue;
  return withProblem({ ...issue, code: 'deleted_in_play' }, 'deleted_in_play', targetValues(issue.gone));
}

function wrongTarget(problem: 'promote_in_live' | 'refresh_in_sandbox') {
  return invalidFault([issueWithCode('id', 'target', problem)]);
}
