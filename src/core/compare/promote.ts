import type { LogHead, Merged } from '#shared/contract/compare.ts';
import type { DifferingRef, Issue } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { backUpBefore } from '../versions/create.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { readHead } from '../log/audit/head.ts';
import type { Base, SandboxFacts } from '../log/sandbox-facts.ts';
import { promoted, refreshed, writeSandboxFacts } from '../log/sandbox-facts.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { permitChanges } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { invalid } from '../model/validate.ts';
import { planJob, runSteps } from '../plan/dry-run.ts';
import type { Pace } from '../plan/dry-run.ts';
import { changedSince, movedOn, refuseChanged, undecided } from '../plan/moved.ts';
import { applyPlan, refusePlan, tryPlan } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { deletedUniversities } from '../plan/references.ts';
import { baseOfSandbox, mergeBaseOf } from './base.ts';
import { between } from './between.ts';
import type { Sides } from './between.ts';
import { headOf } from './page.ts';
import { titleOf } from './rows.ts';
import { Resolver } from './resolve.ts';
import type { Resolution, Side } from './resolve.ts';
import { factsIn, withLive, withPlay } from './sides.ts';

interface Asked extends Resolution {
  id: string;
  seen?: { live: LogHead; play: LogHead } | undefined;
  dry: boolean;
}

/**
 * Promotes what a sandbox changed into live, which must be what is open: all of it or nothing, as one audited change that undo takes back. A backup
 * is made of live as it was before. The sandbox stays as it is. Throws MOVED_ON, UNDECIDED, INVALID with the problems, FORBIDDEN, CANCELLED,
 * NOT_FOUND, WORKSPACE, BUSY.
 */
export function promote(call: CallContext, asked: Asked, signal?: AbortSignal): Stream<Merged> {
  const { services } = call;
  if (services.files.target.kind !== 'live') throw elsewhere('Changes are promoted from live');
  return mergeJob(call, 'promotion', asked, signal, (write, pace) =>
    withPlay(services, asked.id, async (play, facts) => {
      const sides = { live: write.db, play, mergeBase: mergeBaseOf(write.db, play, facts) };
      const merged = await merge(write, sides, 'play', asked, pace);
      const { name, id } = facts;
      const agents = agentsIn(play, facts);
      const named = agents.length > 0 ? { agents } : {};
      const params = { name, id, count: write.audit.changes, play: headOf(play), ...named };
      write.audit.label(promoted, params);
      const written = !asked.dry && write.audit.changes > 0;
      const backup = written ? await backUpBefore(services, 'promote', pace) : null;
      return { ...merged, op_id: written ? write.audit.op_id : null, backup };
    }),
  );
}

/** The names of the agents that changed the sandbox, whether or not the person left some of that out. */
const agentsIn = (play: ReadHandle, { own_after }: SandboxFacts): string[] =>
  play.column<string>(
    `SELECT DISTINCT params ->> '$.agent' FROM audit_transactions WHERE id > ? AND params ->> '$.agent' IS NOT NULL ORDER BY 1`,
    [own_after],
  );

/**
 * Refreshes the sandbox that is open with what live changed since the base, as `promote` does the other way round; live as it is now is the base from
 * then on. Live is only read. Undoing it brings the base back too.
 */
export function refresh(call: CallContext, asked: Asked, signal?: AbortSignal): Stream<Merged> {
  const { services } = call;
  const { target } = services.files;
  if (target.kind !== 'sandbox' || target.id !== asked.id)
    throw elsewhere('A sandbox is refreshed where it is open');
  return mergeJob(call, 'refresh', asked, signal, (write, pace) =>
    withLive(services, async (live) => {
      const play = write.db;
      const facts = factsIn(play, asked.id);
      const mergeBase = mergeBaseOf(live, play, facts);
      const merged = await merge(write, { live, play, mergeBase }, 'live', asked, pace);
      const { id, op_id, hash } = readHead(live);
      const now: Base = { id, op_id, hash };
      const was = baseOfSandbox(play, facts.base, mergeBase.common);
      const { changes } = write.audit;
      const params = { name: facts.name, id: facts.id, count: changes, was: { ...was }, now: { ...now } };
      write.audit.label(refreshed, params);
      // Without a transaction that says so, and that undo takes back, the sandbox itself does.
      if (changes === 0) writeSandboxFacts(write.db, { base: now });
      const written = !asked.dry && changes > 0;
      return { ...merged, op_id: written ? write.audit.op_id : null, backup: null };
    }),
  );
}

function mergeJob(
  call: CallContext,
  label: string,
  { dry, id }: Asked,
  signal: AbortSignal | undefined,
  work: (write: WriteContext, pace: Pace) => Promise<Merged>,
): Stream<Merged> {
  const { services, session } = call;
  permitChanges(actorOf(actingProfile(services.read, session)), { type: 'sandbox', id });
  return planJob(call, { label, dry, signal }, work);
}

interface Selected {
  plan: PlannedChange[];
  undecided: DifferingRef[];
  left: number;
  concerned: { type: AuditedType; id: string }[];
}

function* select(sides: Sides, from: Side, asked: Asked): Generator<number, Selected, void> {
  const resolver = new Resolver(from, asked);
  const selected: Selected = { plan: [], undecided: [], left: 0, concerned: [] };
  const universitiesOf = deletedUniversities(sides[from === 'live' ? 'play' : 'live'], sides[from]);
  yield* between(sides, (found) => {
    const resolved = resolver.resolve(found);
    if (!resolved) return;
    const { type, id } = found;
    for (const row of new Set([found.live.id, found.play.id]))
      if (row !== null) selected.concerned.push({ type, id: row });
    // What live changed was permitted there; to overwrite work of the sandbox needs a permission here.
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

/** Merges what one side changed into the other, of which `write` is an open transaction, so that nobody changes it meanwhile. */
async function merge(
  write: WriteContext,
  sides: Sides,
  from: Side,
  asked: Asked,
  pace: Pace,
): Promise<Omit<Merged, 'backup' | 'op_id'>> {
  const heads = { live: headOf(sides.live), play: headOf(sides.play) };
  const selected = await runSteps(pace, 'checking', select(sides, from, asked));
  if (asked.seen) {
    for (const side of ['live', 'play'] as const) {
      const since = await runSteps(pace, 'checking', changedSince(sides[side], asked.seen[side]));
      if (!since) throw movedOn([]);
      refuseChanged(sides[side], selected.concerned, since);
    }
  }
  if (selected.undecided.length > 0 && !asked.dry) throw undecided(selected.undecided);
  const source: ReadHandle = sides[from];
  const work = (asked.dry ? tryPlan : applyPlan)(write, selected.plan, { source });
  const report = await runSteps(pace, 'writing', work, selected.plan.length);
  const problems = from === 'live' ? report.problems.map(inSandbox) : report.problems;
  if (problems.length > 0 && !asked.dry) throw refusePlan(problems);
  const count = selected.plan.length;
  return {
    dry: asked.dry,
    ...report,
    problems,
    count,
    left: selected.left,
    undecided: selected.undecided,
    ...heads,
  };
}

/** What live refers to and the sandbox has deleted: the way out is there. */
function inSandbox(issue: Issue): Issue {
  if (!issue.gone) return issue;
  const message = `${issue.message} in Play: restore it there, or promote its deletion`;
  return { ...issue, code: 'deleted_in_play', message };
}

function elsewhere(message: string) {
  return invalid([{ path: 'id', code: 'target', message: `${message}. Nothing was changed.` }]);
}
