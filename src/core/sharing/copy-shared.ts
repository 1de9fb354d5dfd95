import { issueOf, issueWithCode } from '#shared/texts/issues.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { actorFields, asSubmittedBy, isForged, withAuthorOf } from '#shared/domain/actor-fields.ts';
import type { Named } from '#shared/domain/actor-fields.ts';
import { changeIssues, payloadIssues } from '#shared/domain/check-payload.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, patchedFields, valueOf } from '#shared/domain/patch.ts';
import type { Patch } from '#shared/domain/patch.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { sharedPayload, sharedSandboxIssues } from '#shared/domain/shared-sandbox.ts';
import type { SharedChange, SharedPayload } from '#shared/domain/shared-sandbox.ts';
import { withLive } from '../compare/snapshots.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { profileName } from '../log/session.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { CallContext } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { applyPlan, planRecord } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { forkSandbox } from '../sandboxes/fork.ts';
import { locateShared, hashOfShared } from './rows.ts';

interface CopyResult {
  id: string;
  moved: number;
  problems: Issue[];
}

/**
 * Creates a sandbox of live with the changes of a shared one, as one audited change. If live has changed the same field since, the shared
 * value wins and `moved` counts it; changes that cannot be made are problems. Throws NOT_FOUND, INVALID, and the errors of `forkSandbox`.
 */
export async function copyShared(
  { services }: CallContext,
  { id, name, actor }: { id: string; name: string | undefined; actor: Actor },
  pace: JobPace,
): Promise<CopyResult> {
  const { files, source: liveSource, log } = services;
  const { ids, salt } = liveSource;
  const { payload, state } = await withLive(services, (live) => {
    const shared = locateShared(live, id);
    return Promise.resolve({ payload: parseShared(shared.payload), state: hashOfShared(shared.payload) });
  });
  const outcome: Omit<CopyResult, 'id'> = { moved: 0, problems: [] };
  const sandbox = await forkSandbox({
    files,
    from: { kind: 'live' },
    name: name ?? payload.name,
    by: actor.id,
    ids,
    salt,
    log,
    ...pace,
    async fill(db, source) {
      const audit = new AuditTransaction(db, source, actor.id);
      const records = new RecordWriter(db, audit);
      const { plan, moved, problems } = planOf(db, payload);
      const write = { db, audit, records, actor, ids };
      const report = await runSteps(pace, 'writing', applyPlan(write, plan), plan.length);
      audit.label('shared-sandbox.take', { type: 'shared-sandbox', id, title: payload.name });
      audit.finish();
      writeSandboxFacts(db, { from: `shared:${id}`, shared_id: id, shared_state: state });
      outcome.moved = moved;
      outcome.problems.push(...problems, ...report.problems);
    },
  });
  return { id: sandbox, ...outcome };
}

function parseShared(payload: JsonObject): SharedPayload {
  const issues = sharedSandboxIssues(payload);
  if (issues.length > 0) throw invalidFault(issues);
  return sharedPayload.parse(payload);
}

interface SharedPlan {
  plan: PlannedChange[];
  moved: number;
  problems: Issue[];
}

function planOf(db: ReadHandle, { changes, shared_by }: SharedPayload): SharedPlan {
  const result: SharedPlan = { plan: [], moved: 0, problems: [] };
  const sharer = { id: shared_by, name: profileName(db, shared_by) };
  const created = new Set(changes.flatMap(({ action, id }) => (action === 'create' ? [id] : [])));
  for (const change of changes) {
    const { type, id } = change;
    const problem = problemOf(db, change, created);
    const resultOrIssue = problem ?? applySharedChange(db, change, sharer);
    if (isIssue(resultOrIssue)) result.problems.push(resultOrIssue);
    else {
      const plannedChange = planRecord(db, type, id, resultOrIssue.payload);
      if (plannedChange) result.plan.push({ ...plannedChange, skipsPermission: true });
      result.moved += resultOrIssue.moved;
    }
  }
  return result;
}

const isIssue = (value: Issue | { payload: unknown }): value is Issue => 'code' in value;

/** Why a change cannot be applied; null if it can. */
function problemOf(db: ReadHandle, change: SharedChange, created: ReadonlySet<string>): Issue | null {
  const { type, id, title, action, after } = change;
  const path = `${type}/${id}`;
  const existing = locateRecord(db, id);
  if (existing && existing.type !== type) return issueOf(path, 'duplicate_id');
  if (action === 'update' && (!existing || existing.deleted)) return issueOf(path, 'missing', { title, id });
  const university = after?.university_id;
  if (typeof university === 'string' && !created.has(university) && !locateIn(db, 'university', university))
    return issueWithCode(path, 'missing', 'missing_university', { university });
  return null;
}

/** The resulting record, and the number of fields that live changed since the change was shared. The sharer is the author of new records. */
function applySharedChange(
  db: ReadHandle,
  { type, id, before, after }: SharedChange,
  sharer: Named,
): { payload: JsonObject | null; moved: number } | Issue {
  if (!after) return { payload: null, moved: 0 };
  const existing = locateIn(db, type, id);
  const current = existing && !existing.deleted ? existing.payload : null;
  const created = current ? withAuthorOf(type, after, current) : asSubmittedBy(type, after, sharer);
  const payload = before && current ? applyPatch(current, { before, after }) : created;
  if (isForged(sharer, type, { before: current, after: payload, isSubmitted: true }))
    return issueOf(`${type}/${id}/${actorFields[type]?.field}`, 'forbidden');
  // The rules of any other change; the sandbox of a colleague can be older than the rule of addresses.
  const [issue] = [
    ...payloadIssues(type, payload, current ?? {}),
    ...changeIssues(type, payload, current ?? {}, { allowsHttp: true }),
  ];
  if (issue) return { ...issue, path: `${type}/${id}/${issue.path}` };
  return { payload, moved: current ? countMovedFields(current, { before, after }) : 0 };
}

const countMovedFields = (current: JsonObject, patch: Patch): number =>
  patchedFields(patch).filter((field) => {
    const value = valueOf(current, field);
    return !jsonEqual(value, valueOf(patch.before, field)) && !jsonEqual(value, valueOf(patch.after, field));
  }).length;
