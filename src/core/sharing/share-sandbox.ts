import { issueOf, issueWithCode } from '#shared/texts/issues.ts';
import { pickPatch } from '#shared/domain/patch.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { share as shareOperation, SharingResult } from '#shared/contract/shared-sandboxes.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxSharedLength, maxChanges, sharedSandboxIssues } from '#shared/domain/shared-sandbox.ts';
import type { SharedChange } from '#shared/domain/shared-sandbox.ts';
import { idPrefix, isEntityType } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { mergeBaseOf } from '../compare/base.ts';
import type { RecordDifference } from '../compare/classify.ts';
import { differencesBetween } from '../compare/between.ts';
import type { MergeSides } from '../compare/between.ts';
import { titleOf } from '../compare/rows.ts';
import { withSandbox } from '../compare/snapshots.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { endUniversities, universityOf } from '../log/records/university.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { actorOf, actingProfile, joinedUserId } from '../log/session.ts';
import { assertUniversity } from '../model/known-university.ts';
import { assertCanChange, assertCanWrite } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { movedOnFault } from '../plan/changed-since.ts';
import { runPlan } from '../plan/run-plan.ts';
import { writeFacts } from '../sandboxes/rename-archive.ts';
import { locateShared, readShared, hashOfShared } from './rows.ts';

type ShareInput = InputOf<typeof shareOperation>;

/**
 * Shares a sandbox's changes since its merge base, as one change of live, which must be open. Throws SYNC, reason not_joined; INVALID,
 * FORBIDDEN, MOVED_ON, NOT_FOUND, CANCELLED, WORKSPACE, BUSY.
 */
export function share(call: CallContext, request: ShareInput, job: JobPace): Promise<SharingResult> {
  const { services, session } = call;
  const { id, dry } = request;
  assertLive(services);
  assertCanWrite(actorOf(actingProfile(services.read, session)), { type: 'sandbox', id });
  if (joinedUserId(services.read) === null)
    throw new Fault('SYNC', {
      reason: 'not_joined',
    });
  return runPlan(call, { jobLabel: 'sharing', dry }, job, ({ write, pace }) =>
    withSandbox(services, id, async (sandbox, facts) => {
      const sides = { ours: write.db, theirs: sandbox, mergeBase: mergeBaseOf(write.db, sandbox, facts) };
      const changes = await runSteps(pace, 'checking', changesOf(sides));
      const result = writeShared(write, facts, request, changes);
      // Written before live is committed: a crash in between makes the user decide again, but never shares the sandbox twice.
      if (!dry && result.id !== null) {
        const { payload } = locateShared(write.db, result.id);
        await writeFacts(call, id, { shared_id: result.id, shared_state: hashOfShared(payload) });
      }
      return result;
    }),
  );
}

interface Changes {
  list: SharedChange[];
  /** For each change of `list`: the universities of its record, before and after. */
  universities: ReadonlySet<string>[];
}

/** A sandbox's changes since its merge base, without the changes that live has made too. */
function* changesOf(sides: MergeSides): Generator<number, Changes, void> {
  const changes: Changes = { list: [], universities: [] };
  yield* differencesBetween(sides, (difference) => {
    const change = changeOf(sides, difference);
    if (!change) return;
    changes.list.push(change);
    changes.universities.push(universitiesOf(sides, difference));
    if (changes.list.length > maxChanges) throw invalidFault([issueOf('', 'too_many', { max: maxChanges })]);
  });
  return changes;
}

function changeOf(sides: MergeSides, difference: RecordDifference): SharedChange | null {
  const { type, base, theirs } = difference;
  if (!isEntityType(type) || difference.class === 'live' || difference.class === 'same') return null;
  const recordKey = { type, id: difference.id, title: titleOf(sides, difference) };
  if (!theirs.payload) return base.payload && { ...recordKey, action: 'delete', before: null, after: null };
  if (!base.payload) return { ...recordKey, action: 'create', before: null, after: theirs.payload };
  const sandboxFields = new Set(
    difference.fields.flatMap((one) => (one.class === 'play' || one.class === 'conflict' ? one.field : [])),
  );
  return sandboxFields.size === 0
    ? null
    : {
        ...recordKey,
        action: 'update',
        ...pickPatch({ before: base.payload, after: theirs.payload }, (field) => sandboxFields.has(field)),
      };
}

function universitiesOf(
  { ours: live, theirs: sandbox }: MergeSides,
  { type, id, base, theirs }: RecordDifference,
): Set<string> {
  const ids = new Set<string>();
  for (const [db, payload] of [
    [live, base.payload],
    [sandbox, theirs.payload],
  ] as const) {
    if (!payload) continue;
    const universityIds =
      type === 'interface' ? endUniversities(db, payload) : [universityOf(db, { type, id, payload })];
    for (const universityId of universityIds) if (universityId !== null) ids.add(universityId);
  }
  return ids;
}

function writeShared(
  write: WriteContext,
  facts: SandboxFacts,
  input: ShareInput,
  { list: changes, universities }: Changes,
): SharingResult {
  if (changes.length === 0 && !input.dry) throw invalidFault([issueOf('', 'no_changes')]);
  const { db, actor, records, audit } = write;
  const previous = findPrevious(write, facts);
  const previousInfo = previous && readShared(db, previous.id);
  const hasNewerState = previous !== null && hashOfShared(previous.payload) !== facts.shared_state;
  const target = input.as === 'new' ? null : previous;
  if (target && hasNewerState && input.as === 'known' && !input.dry)
    throw movedOnFault([
      { type: 'shared-sandbox', id: target.id, title: previousInfo?.name ?? '', field: null },
    ]);
  const defaults = target ? previousInfo : null;
  const defaultUniversity = defaults ? (defaults.university?.id ?? null) : actor.university_id;
  const university_id = input.university_id === undefined ? defaultUniversity : input.university_id;
  assertUniversity(db, university_id);
  const payload = {
    name: input.name ?? defaults?.name ?? facts.name,
    university_id,
    description: input.description ?? defaults?.description ?? '',
    shared_by: actor.id,
    shared_at: audit.time,
    changes,
  } satisfies JsonObject;
  if (changes.length > 0) assertWithinLimits(payload);
  const id = target?.id ?? `${idPrefix['shared-sandbox']}_${write.ids.uuid()}`;
  assertCanChange(db, actor, { type: 'shared-sandbox', id, before: target?.payload ?? null, after: payload });
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
    elsewhere: universities.filter(
      (universityIds) => universityIds.size > 0 && !universityIds.has(university_id ?? ''),
    ).length,
    known: previousInfo,
    moved: hasNewerState,
  };
}

/** The shared sandbox that this sandbox was shared as or copied from; null if deleted or if the actor cannot replace it. */
function findPrevious(
  { db, actor }: WriteContext,
  { shared_id }: SandboxFacts,
): LocatedRecord<'shared-sandbox'> | null {
  const shared = readShared(db, shared_id) && locateShared(db, shared_id);
  if (!shared) return null;
  const { type, id, payload } = shared;
  return verdictOn(actor, { type, id, before: payload, after: payload }, () => []).allowed ? shared : null;
}

function assertWithinLimits(payload: JsonObject): void {
  const issues = sharedSandboxIssues(payload);
  if (issues.length > 0) throw invalidFault(issues);
  if (JSON.stringify(payload).length > maxSharedLength) throw invalidFault([issueOf('', 'too_large')]);
}

/** Throws INVALID outside live. */
export function assertLive({ files }: Services): void {
  if (files.target.kind !== 'live') throw invalidFault([issueWithCode('', 'target', 'share_in_live')]);
}
