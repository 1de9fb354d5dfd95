import type { EntityRecord } from '#shared/contract/record.ts';
import type { MeasuredRepair } from '#shared/contract/repairs.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { localDay } from '../../kernel/system.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { readHead } from '../../log/audit/head.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { actingProfile, actorOf } from '../../log/session.ts';
import type { LocatedRecord } from '../../log/records/locate.ts';
import { visibleRecord, patchRecord } from '../../model/commands.ts';
import { fieldExpression } from '../../model/filters.ts';
import { assertCanChange, readOnlyPointFault } from '../../model/permissions.ts';
import { readRecord } from '../../model/queries.ts';
import type { CallContext, Services } from '../../model/services.ts';
import { readTitle } from '../../model/titles.ts';
import { idsOf } from '../../network/link-index.ts';
import { findMapDocument } from '../../code-maps/map-documents.ts';
import { measureItem } from './measure-item.ts';
import type { RequestPace } from '../../kernel/progress.ts';

interface MarkDoneResult {
  record: EntityRecord;
  measured: MeasuredRepair;
  unmoved: ReturnType<typeof findCause>;
  op_id: string | null;
}

/** Measures the item of a repair. Throws NOT_FOUND, CANCELLED. */
export async function measureRepair(
  services: Services,
  id: string,
  pace: RequestPace,
): Promise<MeasuredRepair> {
  return (await measureItem(services, visibleRecord(services.read, 'repair', id).payload, pace)).measured;
}

/** How often the item is measured at most, if other writes come in between. */
const maxAttempts = 5;

/** Marks a repair as done and stores the measurement. Throws NOT_FOUND, FORBIDDEN, BUSY, CANCELLED. */
export async function markDone(
  { services, session }: CallContext,
  id: string,
  pace: RequestPace,
): Promise<MarkDoneResult> {
  if (services.moment) throw readOnlyPointFault();
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { type, payload } = visibleRecord(services.read, 'repair', id);
    // Checked before the measurement, which can take long.
    const actor = actorOf(actingProfile(services.read, session));
    assertCanChange(services.read, actor, { type, id, before: payload, after: payload });
    const { measured, hash } = await measureItem(services, payload, pace);
    pace.signal.throwIfAborted();
    const result = await services.queue.command(session, (write) =>
      // The measurement must be of the records as written.
      readHead(write.db).hash === hash
        ? storeMeasurement(write, id, measured, localDay(services.source.clock.now()))
        : null,
    );
    if (result) return result;
  }
  throw new Fault('BUSY', {
    holder: services.holders.describeWriter(),
    waited_ms: 0,
    what: 'records',
  });
}

const openTasksQuery = `SELECT 1 FROM tasks r WHERE r.repair_id = ? AND ${visibleCondition('r')}
  AND ${fieldExpression('task', 'state')} IN ('planned', 'started')`;

/** A change of the subjects, their links or members after the repair was created. */
const changesQuery = `SELECT 1 FROM audit_logs l WHERE l.id > (SELECT min(id) FROM audit_logs WHERE entity_id = :id) AND l.entity_id IN (
  SELECT value FROM json_each(:subjects)
  UNION SELECT id FROM interfaces WHERE from_id IN (SELECT value FROM json_each(:subjects))
  UNION SELECT id FROM interfaces WHERE to_id IN (SELECT value FROM json_each(:subjects))
  UNION SELECT id FROM students WHERE team_id IN (SELECT value FROM json_each(:subjects))) LIMIT 1`;

/** Why the value of a repair did not improve; null if it did, or if the cause is unknown. */
function findCause(db: ReadHandle, { id, payload }: LocatedRecord, { value }: MeasuredRepair) {
  const before = payload['value_before'];
  if (value === null || typeof before !== 'number' || value < before) return null;
  if (db.get(openTasksQuery, [id])) return 'tasks_open';
  const ids = idsOf(payload['subjects']);
  // A map of a repository is a document of its own.
  const maps = ids.flatMap((subject) => findMapDocument(db, subject)?.id ?? []);
  const subjects = JSON.stringify([...ids, ...maps]);
  return db.get(changesQuery, { id, subjects }) ? null : 'records_unchanged';
}

function storeMeasurement(
  write: WriteContext,
  id: string,
  measured: MeasuredRepair,
  day: string,
): MarkDoneResult {
  const { db } = write;
  const current = visibleRecord(db, 'repair', id);
  const { payload } = current;
  const set: JsonObject = {
    ...(payload['done_on'] == null && { done_on: day }),
    ...(measured.value !== null && { value_after: measured.value }),
  };
  const isChanged = Object.keys(set).length > 0 && patchRecord(write, current, { set, unset: [] });
  if (isChanged) write.audit.label('repair.done', { id, title: readTitle(db, 'repair', payload) });
  return {
    record: readRecord(db, 'repair', id),
    measured,
    unmoved: findCause(db, current, measured),
    op_id: isChanged ? write.audit.op_id : null,
  };
}
