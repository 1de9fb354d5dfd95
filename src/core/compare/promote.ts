import type { LogHead, Merged } from '#shared/contract/compare.ts';
import type { DifferingRef, Issue } from '#shared/contract/fault-data.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { backUpBefore } from '../versions/create.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import type { Base, SandboxFacts } from '../log/sandbox-facts.ts';
import { promotedLabel, refreshedLabel, writeSandboxFacts } from '../log/sandbox-facts.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { permitChanges } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { changedSince, movedOn, refuseChanged, undecidedFault } from '../plan/moved.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';
import type { Plan, Planning } from '../plan/run-plan.ts';
import { deletedUniversities } from '../plan/references.ts';
import { baseOfSandbox, mergeBaseOf } from './base.ts';
import { differencesBetween } from './between.ts';
import type { Sides } from './between.ts';
import { headOf } from './page.ts';
import { titleOf } from './rows.ts';
import { Resolver } from './resolve.ts';
import type { Resolution, Side } from './resolve.ts';
import { factsIn, withLive, withPlay } from './snapshots.ts';

interface Requested extends Resolution {
  id: string;
  seen?: { live: LogHead; play: LogHead } | undefined;
  dry: boolean;
}

/**
 * Promotes a sandbox's changes into live, which must be open, as one audited change that undo reverts. Backs live up first; the sandbox
 * stays unchanged. Throws MOVED_ON, UNDECIDED, INVALID with the problems, FORBIDDEN, CANCELLED, NOT_FOUND, WORKSPACE, BUSY.
 */
export function promote(call: CallContext, request: Requested, job: JobPace): Promise<Merged> {
  const { services } = call;
  if (services.files.target.kind !== 'live') throw elsewhere('Changes are promoted from live');
  return mergeJob(call, 'promotion', request, job, (planning) =>
    withPlay(services, request.id, async (play, facts) => {
      const live = planning.write.db;
      const sides = { live, play, mergeBase: mergeBaseOf(live, play, facts) };
      const { name, id } = facts;
      const agents = agentsIn(play, facts);
      const named = agents.length > 0 ? { agents } : {};
      const merged = await merge(planning, sides, 'play', request, (audit) =>
        audit.label(promotedLabel, { name, id, count: audit.changes, play: headOf(play), ...named }),
      );
      const backup = merged.op_id === null ? null : await backUpBefore(services, 'promote', planning.pace);
      return { ...merged, backup };
    }),
  );
}

/** Names of the agents that changed the sandbox, selected or not. */
const agentsIn = (play: ReadHandle, { own_after }: SandboxFacts): string[] =>
  play.column<string>(
    `SELECT DISTINCT params ->> '$.agent' FROM audit_transactions WHERE id > ? AND params ->> '$.agent' IS NOT NULL ORDER BY 1`,
    [own_after],
  );

/**
 * Refreshes the open sandbox with live's changes since the base, like `promote` in the other direction; live's current state becomes the
 * base. Only reads live. Undo restores the old base too. Throws as `promote`.
 */
export function refresh(call: CallContext, input: Requested, job: JobPace): Promise<Merged> {
  const { services } = call;
  const { target } = services.files;
  if (target.kind !== 'sandbox' || target.id !== input.id)
    throw elsewhere('A sandbox is refreshed where it is open');
  return mergeJob(call, 'refresh', input, job, (planning) =>
    withLive(services, async (live) => {
      const play = planning.write.db;
      const facts = factsIn(play, input.id);
      const mergeBase = mergeBaseOf(live, play, facts);
      const { id, op_id, hash } = readHead(live);
      const now: Base = { id, op_id, hash };
      const was = baseOfSandbox(play, facts.base, mergeBase.common);
      const merged = await merge(planning, { live, play, mergeBase }, 'live', input, (audit) => {
        const params = { name: facts.name, id: facts.id, count: audit.changes };
        audit.label(refreshedLabel, { ...params, was: { ...was }, now: { ...now } });
      });
      // The sandbox records its new base itself if no transaction does.
      if (planning.write.audit.changes === 0) writeSandboxFacts(play, { base: now });
      return { ...merged, backup: null };
    }),
  );
}

function mergeJob(
  call: CallContext,
  waiting: string,
  { dry, id }: Requested,
  job: JobPace,
  work: (planning: Planning) => Promise<Merged>,
): Promise<Merged> {
  const { services, session } = call;
  permitChanges(actorOf(actingProfile(services.read, session)), { type: 'sandbox', id });
  return runPlan(call, { waiting, dry }, job, work);
}

interface Selected {
  plan: PlannedChange[];
  undecided: DifferingRef[];
  left: number;
  concerned: { type: AuditedType; id: string }[];
}

function* select(sides: Sides, from: Side, query: Requested): Generator<number, Selected, void> {
  const resolver = new Resolver(from, query);
  const selected: Selected = { plan: [], undecided: [], left: 0, concerned: [] };
  const universitiesOf = deletedUniversities(sides[from === 'live' ? 'play' : 'live'], sides[from]);
  yield* differencesBetween(sides, (found) => {
    const resolved = resolver.resolve(found);
    if (!resolved) return;
    const { type, id } = found;
    for (const row of new Set([found.live.id, found.play.id]))
      if (row !== null) selected.concerned.push({ type, id: row });
    // Live's changes were permitted in live; overwriting work of the sandbox needs a permission here.
    const granted = from === 'live' && !resolved.forced;
    if (resolved.change) {
      for (const one of universitiesOf(resolved.change.payload)) selected.plan.push({ ...one, granted });
      selected.plan.push({ ...resolved.change, granted });
    }
    if (resolved.left) selected.left += 1;
    for (const field of resolved.undecided)
      selected.undecided.push({ type, id, title: titleOf(sides, found), field });
  });
  return selected;
}

/** Merges one side's changes into the other, within the open transaction `write`. */
async function merge(
  { pace, apply }: Planning,
  sides: Sides,
  from: Side,
  request: Requested,
  label: Plan['label'],
): Promise<Omit<Merged, 'backup'>> {
  const heads = { live: headOf(sides.live), play: headOf(sides.play) };
  const {
    plan,
    undecided: open,
    left,
    concerned,
  } = await runSteps(pace, 'checking', select(sides, from, request));
  if (request.seen) {
    for (const side of ['live', 'play'] as const) {
      const since = await runSteps(pace, 'checking', changedSince(sides[side], request.seen[side]));
      if (!since) throw movedOn([]);
      refuseChanged(sides[side], concerned, since);
    }
  }
  if (open.length > 0 && !request.dry) throw undecidedFault(open);
  const { head: _, ...done } = await apply({
    changes: plan,
    checks: { source: sides[from] },
    problems: (found) => (from === 'live' ? found.map(inSandbox) : [...found]),
    label,
  });
  return { ...done, count: plan.length, left, undecided: open, ...heads };
}

/** A sandbox that deleted what live refers to: the error names the way out. */
function inSandbox(issue: Issue): Issue {
  if (!issue.gone) return issue;
  const message = `${issue.message} in Play: restore it there, or promote its deletion`;
  return { ...issue, code: 'deleted_in_play', message };
}

function elsewhere(message: string) {
  return invalidFault([{ path: 'id', code: 'target', message }]);
}
