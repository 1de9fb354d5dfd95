import type { z } from 'zod';
import type { restore as operation, Restored } from '#shared/contract/moments.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isAuditedType, isContent } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { backUpBefore } from '../versions/create.ts';
import { headOf } from '../compare/page.ts';
import { batches } from '../kernel/chunks.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { permitChanges, permitSetBack } from '../model/permissions.ts';
import type { Point } from '../model/point-in-time.ts';
import type { CallContext } from '../model/services.ts';
import { invalid } from '../model/validate.ts';
import { planJob, runSteps } from '../plan/dry-run.ts';
import type { Pace } from '../plan/dry-run.ts';
import { refuseChanged, sinceSeen } from '../plan/moved.ts';
import { applyPlan, planRecord, refusePlan, tryPlan } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { missingReferences } from '../plan/references.ts';
import type { TargetRecord } from '../plan/references.ts';
import { withGuests } from '../model/guest-names.ts';
import { namedBetween, pastOf, together } from '../log/past.ts';
import { momentOf, newestPoint, pointAt } from './point.ts';

type Asked = z.output<(typeof operation)['~orpc']['inputSchema'] & z.ZodType>;

/**
 * Makes records what they were at a point in time, in one audited transaction that undo takes back. Where all are meant, a backup of live as it was
 * before is made. Throws NOT_FOUND, INVALID, MOVED_ON, FORBIDDEN, CANCELLED, BUSY.
 */
export function restoreMoment(call: CallContext, asked: Asked, signal?: AbortSignal): Stream<Restored> {
  const { services, session } = call;
  const actor = actorOf(actingProfile(services.read, session));
  permitChanges(actor, { type: 'moment', id: String(asked.at) });
  if (asked.ids === null) permitSetBack(actor);
  return planJob(call, { label: 'going back in time', dry: asked.dry, signal }, async (write, pace) => {
    const restored = withGuests(services, await restore(write, asked, pace), ({ at }) => [at.actor]);
    const changed = !asked.dry && write.audit.changes > 0;
    const backup = asked.ids === null && changed ? await backUpBefore(services, 'moment', pace) : null;
    return { ...restored, op_id: changed ? write.audit.op_id : null, backup };
  });
}

async function restore(write: WriteContext, asked: Asked, pace: Pace): Promise<Restored> {
  const { db } = write;
  const { ids, dry } = asked;
  const point = pointAt(db, asked.at);
  const head = headOf(db);
  const planning = ids === null ? planAll(db, point) : planSome(db, point, ids, asked.along);
  const { plan, added, unknown } = await runSteps(pace, 'checking', planning);
  const since = await runSteps(pace, 'checking', sinceSeen(db, asked.seen));
  const others = (ids ?? []).filter((id) => !plan.some((change) => change.id === id));
  refuseChanged(db, [...plan, ...others.map((id) => ({ type: null, id }))], since);
  const work = (dry ? tryPlan : applyPlan)(write, plan, { whole: ids === null });
  const report = await runSteps(pace, 'writing', work, plan.length);
  if (report.problems.length > 0 && !dry) throw refusePlan(report.problems);
  const params = { at: point.id, time: point.created_at, all: ids === null };
  write.audit.label('moment.restored', { ...params, count: write.audit.changes });
  return {
    op_id: null,
    dry,
    at: momentOf(db, point.id),
    ...report,
    added: added.size,
    records: report.records.map((one) => ({ ...one, added: added.has(one.id) })),
    unknown,
    head,
    backup: null,
  };
}

interface Planned {
  plan: PlannedChange[];
  /** Ids of what nobody asked for. */
  added: ReadonlySet<string>;
  /** Ids that nobody has. */
  unknown: string[];
}

function payloadsAt(db: ReadHandle, ids: readonly string[], { end }: Point): Map<string, JsonObject> {
  const past = [...pastOf(db, ids, end)].filter(([, { deleted_at }]) => deleted_at === null);
  return new Map(past.map(([id, { payload }]) => [id, JSON.parse(payload) as JsonObject]));
}

/** Everything that is not as it was. Yields how many rows and records it has looked at. */
function* planAll(db: ReadHandle, point: Point): Generator<number, Planned, void> {
  const { end } = newestPoint(db);
  const named = yield* namedBetween(db, point.end, end);
  const plan: PlannedChange[] = [];
  let done = end - point.end;
  for (const [type, ids] of named) {
    if (!isContent(type)) continue;
    for (const some of batches([...ids], together)) {
      const payloads = payloadsAt(db, some, point);
      for (const id of some) {
        const change = planRecord(db, type, id, payloads.get(id) ?? null);
        if (change) plan.push(change);
      }
      yield (done += some.length);
    }
  }
  return { plan, added: new Set(), unknown: [] };
}

const typeOf = 'SELECT entity_type FROM audit_logs WHERE entity_id = ? LIMIT 1';

function typeInLog(db: ReadHandle, id: string): AuditedType | null {
  const [type] = db.column<string>(typeOf, [id]);
  return isAuditedType(type) ? type : null;
}

/** Named records as they were, and with `along` what they referred to then and is deleted by now. Throws INVALID for what is not restored so. */
function* planSome(
  db: ReadHandle,
  point: Point,
  ids: readonly string[],
  along: boolean,
): Generator<number, Planned, void> {
  const plan: PlannedChange[] = [];
  const unknown: string[] = [];
  const targets: TargetRecord[] = [];
  for (const some of batches([...new Set(ids)], together)) {
    const payloads = payloadsAt(db, some, point);
    for (const id of some) {
      const type = typeInLog(db, id);
      if (type === null) {
        unknown.push(id);
        continue;
      }
      if (!isContent(type)) throw notRestorable(type, id);
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
  const missing = along ? yield* missingReferences(db, targets, find) : [];
  const added = missing.flatMap(({ type, id, payload }) => planRecord(db, type, id, payload) ?? []);
  return { plan: [...plan, ...added], added: new Set(added.map(({ id }) => id)), unknown };
}

function notRestorable(type: AuditedType, id: string) {
  const message = `the ${type} "${id}" is not restored to a point in time`;
  return invalid([{ path: 'ids', code: 'type', message }]);
}
