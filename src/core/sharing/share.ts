import { pickPatch } from '#shared/domain/patch.ts';
import type { z } from 'zod';
import type { share as shareOperation, Sharing } from '#shared/contract/shared-sandboxes.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { longestShared, mostChanges, sharedSandboxIssues } from '#shared/domain/shared-sandbox.ts';
import type { SharedChange } from '#shared/domain/shared-sandbox.ts';
import { idPrefix, isEntityType } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { mergeBaseOf } from '../compare/base.ts';
import type { Differing } from '../compare/classify.ts';
import { differencesBetween } from '../compare/between.ts';
import type { Sides } from '../compare/between.ts';
import { titleOf } from '../compare/rows.ts';
import { withPlay } from '../compare/snapshots.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { Located } from '../log/records/locate.ts';
import { endUniversities, universityOf } from '../log/records/university.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { actorOf, actingProfile, joinedUser } from '../log/session.ts';
import { assertUniversity } from '../model/known-university.ts';
import { assertMayChange, permitChanges } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { movedOn } from '../plan/moved.ts';
import { runPlan } from '../plan/run-plan.ts';
import { writeFacts } from '../sandboxes/settle.ts';
import { locateShared, readShared, stateOfShared } from './rows.ts';

type ShareInput = z.output<(typeof shareOperation)['~orpc']['inputSchema'] & z.ZodType>;

/**
 * Shares a sandbox's changes since its merge base, as one change of live, which must be open. Throws SYNC, reason not_joined; INVALID,
 * FORBIDDEN, MOVED_ON, NOT_FOUND, CANCELLED, WORKSPACE, BUSY.
 */
export function share(call: CallContext, request: ShareInput, job: JobPace): Promise<Sharing> {
  const { services, session } = call;
  const { id, dry } = request;
  assertLive(services);
  permitChanges(actorOf(actingProfile(services.read, session)), { type: 'sandbox', id });
  if (joinedUser(services.read) === null)
    throw new Fault('SYNC', {
      reason: 'not_joined',
    });
  return runPlan(call, { waiting: 'sharing', dry }, job, ({ write, pace }) =>
    withPlay(services, id, async (play, facts) => {
      const sides = { live: write.db, play, mergeBase: mergeBaseOf(write.db, play, facts) };
      const changes = await runSteps(pace, 'checking', changesOf(sides));
      const result = put(write, facts, request, changes);
      // Before live is committed: after a crash in between, the sandbox is asked about but never shared twice.
      if (!dry && result.id !== null) {
        const { payload } = locateShared(write.db, result.id);
        await writeFacts(call, id, { shared_id: result.id, shared_state: stateOfShared(payload) });
      }
      return result;
    }),
  );
}

interface Changes {
  list: SharedChange[];
  /** Universities of each changed record, before and after. */
  universities: ReadonlySet<string>[];
}

/** A sandbox's changes since its merge base, without those that live made equally. */
function* changesOf(sides: Sides): Generator<number, Changes, void> {
  const changes: Changes = { list: [], universities: [] };
  yield* differencesBetween(sides, (found) => {
    const change = changeOf(sides, found);
    if (!change) return;
    changes.list.push(change);
    changes.universities.push(universitiesOf(sides, found));
    if (changes.list.length > mostChanges)
      throw refusal(
        'too_many',
        `It changes more than ${mostChanges} records, which is more than can be shared`,
      );
  });
  return changes;
}

function changeOf(sides: Sides, found: Differing): SharedChange | null {
  const { type, base, play } = found;
  if (!isEntityType(type) || found.class === 'live' || found.class === 'same') return null;
  const about = { type, id: found.id, title: titleOf(sides, found) };
  if (!play.payload) return base.payload && { ...about, action: 'delete', before: null, after: null };
  if (!base.payload) return { ...about, action: 'create', before: null, after: play.payload };
  const own = new Set(
    found.fields.flatMap((one) => (one.class === 'play' || one.class === 'conflict' ? one.field : [])),
  );
  return own.size === 0
    ? null
    : {
        ...about,
        action: 'update',
        ...pickPatch({ before: base.payload, after: play.payload }, (field) => own.has(field)),
      };
}

function universitiesOf({ live, play }: Sides, { type, id, base, play: theirs }: Differing): Set<string> {
  const found = new Set<string>();
  for (const [db, payload] of [
    [live, base.payload],
    [play, theirs.payload],
  ] as const) {
    if (!payload) continue;
    const of =
      type === 'interface' ? endUniversities(db, payload) : [universityOf(db, { type, id, payload })];
    for (const one of of) if (one !== null) found.add(one);
  }
  return found;
}

function put(
  write: WriteContext,
  facts: SandboxFacts,
  input: ShareInput,
  { list: changes, universities }: Changes,
): Sharing {
  if (changes.length === 0 && !input.dry)
    throw refusal('no_changes', 'Everything in this sandbox is already in live');
  const { db, actor, records, audit } = write;
  const former = formerOf(write, facts);
  const known = former && readShared(db, former.id);
  const moved = former !== null && stateOfShared(former.payload) !== facts.shared_state;
  const target = input.as === 'new' ? null : former;
  if (target && moved && input.as === 'known' && !input.dry)
    throw movedOn([{ type: 'shared-sandbox', id: target.id, title: known?.name ?? '', field: null }]);
  const about = target ? known : null;
  const university_id =
    input.university_id === undefined
      ? about
        ? (about.university?.id ?? null)
        : actor.university_id
      : input.university_id;
  assertUniversity(db, university_id);
  const payload = {
    name: input.name ?? about?.name ?? facts.name,
    university_id,
    description: input.description ?? about?.description ?? '',
    shared_by: actor.id,
    shared_at: audit.time,
    changes,
  } satisfies JsonObject;
  if (changes.length > 0) check(payload);
  const id = target?.id ?? `${idPrefix['shared-sandbox']}_${write.ids.uuid()}`;
  assertMayChange(db, actor, { type: 'shared-sandbox', id, before: target?.payload ?? null, after: payload });
  if (target) records.update(target, payload);
  else records.create({ type: 'shared-sandbox', id, payload });
  const label = target ? 'shared-sandbox.update' : 'shared-sandbox.create';
  audit.label(label, { type: 'shared-sandbox', id, title: payload.name });
  const { dry } = input;
  return {
    dry,
    op_id: dry ? null : audit.op_id,
    id: dry && !target ? null : id,
    name: payload.name,
    university_id,
    count: changes.length,
    elsewhere: universities.filter((of) => of.size > 0 && !of.has(university_id ?? '')).length,
    known,
    moved,
  };
}

/** The shared sandbox that this one was shared as or taken from, if the actor may replace it. */
function formerOf(
  { db, actor }: WriteContext,
  { shared_id }: SandboxFacts,
): Located<'shared-sandbox'> | null {
  const found = readShared(db, shared_id) && locateShared(db, shared_id);
  if (!found) return null;
  const { type, id, payload } = found;
  return verdictOn(actor, { type, id, before: payload, after: payload }, () => []).allowed ? found : null;
}

function check(payload: JsonObject): void {
  const issues = sharedSandboxIssues(payload);
  if (issues.length > 0) throw invalidFault(issues);
  if (JSON.stringify(payload).length > longestShared)
    throw refusal('too_large', 'Its changes contain too much text to share');
}

/** Throws INVALID outside live. */
export function assertLive({ files }: Services): void {
  if (files.target.kind !== 'live') throw refusal('target', 'Sandboxes are shared in live');
}

const refusal = (code: string, message: string) =>
  new Fault('INVALID', { issues: [{ path: '', code, message }] });
