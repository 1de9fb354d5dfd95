import type { QuarantinedChange, SyncConflict } from '#shared/contract/sync.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runSync } from '../kernel/progress.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { profileName } from '../log/session.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { patchRecord } from '../model/commands.ts';
import { assertCanChange } from '../model/permissions.ts';
import { readTitle } from '../model/titles.ts';
import { applyPlan, planRecord, invalidPlanFault } from '../plan/plan.ts';
import type { PlannedChange } from '../plan/plan.ts';

interface ConflictRow {
  id: string;
  entity_type: AuditedType;
  entity_id: string;
  field: string;
  kind: SyncConflict['kind'];
  lost: string | null;
  won: string | null;
  lost_by: string;
  won_by: string;
  at: string;
  state: SyncConflict['state'];
}

function refOf(db: ReadHandle, type: AuditedType, id: string): SyncConflict['record'] {
  const record = locateIn(db, type, id);
  return { type, id, title: record ? readTitle(db, type, record.payload) : id };
}

/** Values that lost a conflict, latest first; with `all` also reviewed ones. */
export function listConflicts(db: ReadHandle, all: boolean): SyncConflict[] {
  const where = all ? '' : `WHERE state = 'open'`;
  return db
    .all<ConflictRow>(`SELECT * FROM sync_conflicts ${where} ORDER BY at DESC, id DESC LIMIT 1000`)
    .map(({ id, entity_type, entity_id, field, kind, lost, won, lost_by, won_by, at, state }) => ({
      id,
      field,
      kind,
      at,
      state,
      record: refOf(db, entity_type, entity_id),
      ...(lost === null ? {} : { lost: JSON.parse(lost) as Json }),
      ...(won === null ? {} : { won: JSON.parse(won) as Json }),
      lost_by: profileName(db, lost_by),
      won_by: profileName(db, won_by),
    }));
}

/** Keeps the current value, or restores the one that lost, with its record if deleted. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export function resolveConflict(write: WriteContext, id: string, choose: 'kept' | 'lost'): void {
  const { db } = write;
  const row = db.get<ConflictRow>(`SELECT * FROM sync_conflicts WHERE id = ? AND state = 'open'`, [id]);
  if (!row) throw new Fault('NOT_FOUND', { type: 'conflict', id });
  db.run('UPDATE sync_conflicts SET state = ? WHERE id = ?', [choose === 'kept' ? 'kept' : 'chosen', id]);
  if (choose === 'kept') return;
  const { entity_type: type, entity_id, field, lost } = row;
  const record = locateIn(db, type, entity_id);
  if (!record) throw new Fault('NOT_FOUND', { type, id: entity_id });
  const title = readTitle(db, type, record.payload);
  const set = lost === null ? {} : { [field]: JSON.parse(lost) as Json };
  const unset = lost === null ? [field] : [];
  if (record.deleted) {
    const { payload } = record;
    assertCanChange(db, write.actor, {
      type,
      id: entity_id,
      before: null,
      after: payload,
      recorded: payload,
    });
    write.records.restore(record);
  }
  const restored = { ...record, deleted: false };
  if (isEntityType(type)) patchRecord(write, { ...restored, type }, { set, unset });
  else write.records.update(restored, set, unset);
  write.audit.label(`${type}.update`, { type, id: entity_id, title, fields: [field] });
}

interface QuarantineRow {
  id: number;
  code: string;
  message: string;
  at: string;
  state: QuarantinedChange['state'];
  op_id: string;
  label: string;
  params: string | null;
  created_at: string;
  actor: string;
  changes: number;
}

const quarantineQuery = `SELECT q.id, q.code, q.message, q.at, q.state, t.op_id, t.label, t.params, t.created_at, t.actor, t.changes
  FROM sync_quarantine q JOIN audit_transactions t ON t.id = q.id`;
const rowsQuery = `SELECT action, entity_type, entity_id, payload_before, payload_after FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id`;
type Row = Pick<AuditLogRow, 'action' | 'entity_type' | 'entity_id' | 'payload_before' | 'payload_after'>;

const payloadOf = (text: string | null): JsonObject | null =>
  text === null ? null : (JSON.parse(text) as JsonObject);

const maxRecords = 20;

/** Refused operations, latest first; with `all` also settled ones. */
export function listQuarantine(db: ReadHandle, all: boolean): QuarantinedChange[] {
  const where = all ? '' : `WHERE q.state = 'open'`;
  return db
    .all<QuarantineRow>(`${quarantineQuery} ${where} ORDER BY q.id DESC LIMIT 1000`)
    .map(({ id, params, created_at, actor, ...row }) => ({
      ...row,
      params: JSON.parse(params ?? '{}') as JsonObject,
      made_at: created_at,
      by: profileName(db, actor),
      records: db
        .all<Row>(rowsQuery, [id, id + row.changes])
        .slice(0, maxRecords)
        .map(({ action, entity_type, entity_id, payload_before, payload_after }) => ({
          ...refOf(db, entity_type as AuditedType, entity_id),
          action,
          before: payloadOf(payload_before),
          after: payloadOf(payload_after),
        })),
    }));
}

/** Dismisses a refused operation, or applies it again. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export function settleRefused(write: WriteContext, op_id: string, decision: 'accept' | 'retry'): void {
  const { db } = write;
  const row = db.get<QuarantineRow>(`${quarantineQuery} WHERE t.op_id = ? AND q.state = 'open'`, [op_id]);
  if (!row) throw new Fault('NOT_FOUND', { type: 'operation', id: op_id });
  db.run('UPDATE sync_quarantine SET state = ? WHERE id = ?', [
    decision === 'accept' ? 'accepted' : 'withdrawn',
    row.id,
  ]);
  if (decision === 'accept') return;
  const plan = new Map<string, PlannedChange>();
  for (const one of db.all<Row>(rowsQuery, [row.id, row.id + row.changes])) {
    const change = redoChange(db, one, plan.get(one.entity_id));
    if (change) plan.set(one.entity_id, change);
  }
  const { problems } = runSync(applyPlan(write, [...plan.values()]));
  if (problems.length > 0) throw invalidPlanFault(problems);
  write.audit.copyLabel(row.label, JSON.parse(row.params ?? '{}') as JsonObject);
}

/** A row's change applied to the current or `planned` record. */
function redoChange(db: ReadHandle, row: Row, planned: PlannedChange | undefined): PlannedChange | null {
  const type = row.entity_type as AuditedType;
  const id = row.entity_id;
  const current = locateRecord(db, id)?.payload ?? null;
  const latest = planned ? planned.payload : current;
  const [before, after] = [row.payload_before, row.payload_after].map(payloadOf);
  if (row.action === 'delete') return planRecord(db, type, id, null);
  return planRecord(
    db,
    type,
    id,
    row.action === 'update'
      ? applyPatch(latest ?? {}, { before: before ?? null, after: after ?? null })
      : (after ?? {}),
  );
}
