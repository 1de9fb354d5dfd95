import { issueOf } from '#shared/texts/issues.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { restore as operation, RestoreResult } from '#shared/contract/moments.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isAuditedType, isContent } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { backUpBeforePlan } from '../versions/create.ts';
import { inBatches } from '../kernel/batches.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { assertCanWrite, assertCanRestorePoint } from '../model/permissions.ts';
import type { Point } from '../model/point-in-time.ts';
import type { CallContext } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { planRecord } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { runPlan } from '../plan/run-plan.ts';
import { missingReferences } from '../plan/references.ts';
import type { TargetRecord } from '../plan/references.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { recordIdsBetween, recordsBefore, maxRecordsAtOnce } from '../log/records-before.ts';
import { readPointDetails, newestPoint, pointAt } from './point.ts';

type RestoreInput = InputOf<typeof operation>;

/**
 * Restores records to a point in time, as one audited change that undo reverts. If all records are restored and one of them changes, live's
 * committed state is backed up. Throws NOT_FOUND, INVALID, MOVED_ON, FORBIDDEN, CANCELLED, BUSY.
 */
export function restoreToPoint(
  call: CallContext,
  request: RestoreInput,
  jobPace: JobPace,
): Promise<RestoreResult> {
  const { services, session } = call;
  const actor = actorOf(actingProfile(services.read, session));
  assertCanWrite(actor, { type: 'moment', id: String(request.at) });
  if (request.ids === null) assertCanRestorePoint(actor);
  const { ids, dry, seen } = request;
  return runPlan(
    call,
    { jobLabel: 'going back in time', dry, seen },
    jobPace,
    async ({ write, pace, apply }) => {
      const { db } = write;
      const point = pointAt(db, request.at);
      const planSteps = ids === null ? planAll(db, point) : planByIds(db, point, ids, request.along);
      const { plan, added, unknown } = await runSteps(pace, 'checking', planSteps);
      const unchangedIds = (ids ?? []).filter((id) => !plan.some((change) => change.id === id));
      const isComplete = ids === null;
      const result = await apply({
        changes: plan,
        mustBeUnchanged: [...plan, ...unchangedIds.map((id) => ({ type: null, id }))],
        checks: { isCompleteState: isComplete },
        label: (audit) =>
          audit.label('moment.restored', {
            at: point.id,
            time: point.created_at,
            all: isComplete,
            count: audit.changes,
          }),
      });
      const restored: RestoreResult = {
        ...result,
        at: readPointDetails(db, point.id),
        added: added.size,
        records: result.records.map((record) => ({ ...record, added: added.has(record.id) })),
        unknown,
        backup: isComplete && result.op_id !== null ? await backUpBeforePlan(services, 'moment', pace) : null,
      };
      return withNamesFromLive(services, restored, ({ at }) => [at.actor]);
    },
  );
}

interface RestorePlan {
  plan: PlannedChange[];
  added: ReadonlySet<string>;
  unknown: string[];
}

function payloadsAt(db: ReadHandle, ids: readonly string[], { end }: Point): Map<string, JsonObject> {
  const existing = [...recordsBefore(db, ids, end)].filter(([, { deleted_at }]) => deleted_at === null);
  return new Map(existing.map(([id, { payload }]) => [id, JSON.parse(payload) as JsonObject]));
}

/** Plans everything that differs from the point in time. Yields the number of rows and records read. */
function* planAll(db: ReadHandle, point: Point): Generator<number, RestorePlan, void> {
  const { end } = newestPoint(db);
  const idsByType = yield* recordIdsBetween(db, point.end, end);
  const plan: PlannedChange[] = [];
  let done = end - point.end;
  for (const [type, ids] of idsByType) {
    if (!isContent(type)) continue;
    for (const batch of inBatches([...ids], maxRecordsAtOnce)) {
      const payloads = payloadsAt(db, batch, point);
      for (const id of batch) {
        const change = planRecord(db, type, id, payloads.get(id) ?? null);
        if (change) plan.push(change);
      }
      yield (done += batch.length);
    }
  }
  return { plan, added: new Set(), unknown: [] };
}

const typeQuery = 'SELECT entity_type FROM audit_logs WHERE entity_id = ? LIMIT 1';

function typeInLog(db: ReadHandle, id: string): AuditedType | null {
  const [type] = db.column<string>(typeQuery, [id]);
  return isAuditedType(type) ? type : null;
}

/**
 * Plans the named records as they were; with `withReferences` also the deleted records that they referred to. Throws INVALID for types that
 * cannot be restored.
 */
function* planByIds(
  db: ReadHandle,
  point: Point,
  ids: readonly string[],
  withReferences: boolean,
): Generator<number, RestorePlan, void> {
  const plan: PlannedChange[] = [];
  const unknown: string[] = [];
  const targets: TargetRecord[] = [];
  for (const batch of inBatches([...new Set(ids)], maxRecordsAtOnce)) {
    const payloads = payloadsAt(db, batch, point);
    for (const id of batch) {
      const type = typeInLog(db, id);
      if (type === null) {
        unknown.push(id);
        continue;
      }
      if (!isContent(type)) throw notRestorableFault();
      const payload = payloads.get(id) ?? null;
      const change = planRecord(db, type, id, payload);
      if (change) plan.push(change);
      if (payload) targets.push({ type, id, payload });
    }
    yield plan.length;
  }
  const find = (id: string): TargetRecord | null => {
    const [type, payload] = [typeInLog(db, id), payloadsAt(db, [id], point).get(id)];
    return type && payload ? { type, id, payload } : null;
  };
  const missingRecords = withReferences ? yield* missingReferences(db, targets, find) : [];
  const added = missingRecords.flatMap(({ type, id, payload }) => planRecord(db, type, id, payload) ?? []);
  return { plan: [...plan, ...added], added: new Set(added.map(({ id }) => id)), unknown };
}

const notRestorableFault = () => invalidFault([issueOf('ids', 'type')]);
