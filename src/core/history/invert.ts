import type { UndoConflict } from '#shared/contract/fault-data.ts';
import { withLatestActor } from '#shared/domain/actor-fields.ts';
import { isErased } from '#shared/domain/erased.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, invertPatch, patchedFields, pickPatch, valueOf } from '#shared/domain/patch.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runSync } from '../kernel/progress.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { isLastAdmin } from '../log/session.ts';
import { findDependants } from '../model/dependants.ts';
import type { RecordKey } from '../model/dependants.ts';
import { assertCanChange } from '../model/permissions.ts';
import { readTitle } from '../model/titles.ts';
import { parsePayload, patchOfRow } from '../log/audit/undo-effect.ts';
import { rowsReversed } from '../log/audit/rows-reversed.ts';

const inTransactionSql = 'entity_id = :entity AND id >= :from AND id < :until';
const wholeRecordQuery = `SELECT 1 FROM audit_logs WHERE ${inTransactionSql}
  AND (id < :row AND action IN ('create', 'restore') OR id > :row AND action = 'delete') LIMIT 1`;
const updateQuery = `SELECT * FROM audit_logs WHERE ${inTransactionSql} AND action = 'update' ORDER BY id`;

interface Span {
  id: number;
  changes: number;
}

const rangeOf = ({ id, changes }: Span, entity: string) => ({ entity, from: id, until: id + changes });

/** Whether the record was also created or deleted in the same transaction: then it is inverted as a whole, not by field. */
const isInvertedAsWhole = ({ db }: WriteContext, span: Span, { id, entity_id }: AuditLogRow): boolean =>
  db.get(wholeRecordQuery, { ...rangeOf(span, entity_id), row: id }) !== undefined;

type CurrentRecord = LocatedRecord<AuditedType>;
type ConflictReason = UndoConflict['reason'];

interface InversionContext {
  write: WriteContext;
  span: Span;
  /** Also inverts values that were changed later. */
  overwrite: boolean;
  skip: (record: CurrentRecord, reason: ConflictReason, field?: string) => void;
}

/**
 * Inverts the rows of one transaction, last to first. Skips values changed later, unless `overwrite`; equal values need no change. The last
 * admin keeps the role. Yields the number of rows done; returns the skipped values with reasons. Throws FORBIDDEN.
 */
export function* invertTransaction(
  write: WriteContext,
  span: Span,
  { overwrite }: { overwrite: boolean },
): Generator<number, UndoConflict[], void> {
  const skipped: UndoConflict[] = [];
  const context: InversionContext = {
    write,
    span,
    overwrite,
    skip({ type, id, payload }, reason, field) {
      skipped.push({ type, id, title: readTitle(write.db, type, payload), field: field ?? null, reason });
    },
  };
  let done = 0;
  for (const row of rowsReversed(write.db, span)) {
    const record = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (record && isErased(record.payload)) context.skip(record, 'erased');
    else if (record) invertRow(context, row, record);
    yield ++done;
  }
  return skipped;
}

function invertRow(context: InversionContext, row: AuditLogRow, record: CurrentRecord): void {
  const { write, span } = context;
  if (row.action === 'update') {
    if (!isInvertedAsWhole(write, span, row)) invertUpdate(context, row, record);
  } else if (row.action === 'delete') {
    if (record.deleted) invertDeletion(context, row, record);
  } else if (!record.deleted) invertCreation(context, row, record);
}

function invertCreation(context: InversionContext, row: AuditLogRow, record: CurrentRecord): void {
  const { write, span, overwrite, skip } = context;
  const { type, id } = record;
  const createdPayload = parsePayload(row.payload_after);
  const changes = write.db.all<AuditLogRow>(updateQuery, rangeOf(span, id));
  const finalPayload = changes.reduce(
    (payload, change) => applyPatch(payload, patchOfRow(change)),
    createdPayload,
  );
  if (!overwrite && !jsonEqual(record.payload, finalPayload)) return skip(record, 'changed_since');
  if (type === 'profile' && isLastAdmin(write.db, id)) return skip(record, 'last_admin');
  // The log names the profile as an author, and a window can still act as this profile.
  if (type === 'profile' && hasActed(write.db, id)) return skip(record, 'in_use');
  if (!overwrite && isEntityType(type) && hasNewDependants(write, { type, id }, row.id))
    return skip(record, 'in_use');
  assertCanChange(write.db, write.actor, { type, id, before: record.payload, after: null });
  const payload = write.records.replace(record, createdPayload) ?? record.payload;
  write.records.remove({ ...record, payload }, row.university_id);
}

const hasActed = (db: ReadHandle, profile: string): boolean =>
  db.get('SELECT 1 FROM audit_transactions WHERE actor = ? LIMIT 1', [profile]) !== undefined;

const changedSinceQuery = `SELECT DISTINCT entity_id FROM audit_logs
  WHERE id > :row AND entity_id IN (SELECT value FROM json_each(:ids))`;
const rowsSinceQuery = 'SELECT * FROM audit_logs WHERE entity_id = ? AND id > ? ORDER BY id';

/** Whether the record has dependants that it did not have when it was created. Earlier dependants are hidden with the record again. */
function hasNewDependants({ db }: WriteContext, record: RecordKey, rowId: number): boolean {
  const { contents, links, references } = runSync(findDependants(db, [record]));
  const dependants: RecordKey<AuditedType>[] = [
    ...contents,
    ...links.map((id) => ({ type: 'interface' as const, id })),
    ...references,
  ];
  if (dependants.length === 0) return false;
  const types = new Map(dependants.map(({ type, id }) => [id, type]));
  const targets = new Set<unknown>([record.id, ...contents.map(({ id }) => id)]);
  const changedIds = db.column<string>(changedSinceQuery, {
    row: rowId,
    ids: JSON.stringify([...types.keys()]),
  });
  return changedIds.some(
    (id) => !dependedAtRow(db, { type: types.get(id) ?? 'interface', id }, rowId, targets),
  );
}

/** Whether a current dependant of `targets` already depended on one of them right after a log row. */
function dependedAtRow(
  db: ReadHandle,
  { type, id }: RecordKey<AuditedType>,
  rowId: number,
  targets: ReadonlySet<unknown>,
): boolean {
  const rows = db.all<AuditLogRow>(rowsSinceQuery, [id, rowId]);
  const firstAction = rows.find(({ action }) => action !== 'update')?.action;
  if (firstAction === 'create' || firstAction === 'restore') return false;
  const updates = rows.filter(({ action }) => action === 'update').map(patchOfRow);
  return Object.entries(locateIn(db, type, id)?.payload ?? {}).some(([field, value]) => {
    if (!targets.has(value)) return false;
    const firstUpdate = updates.find((patch) => patchedFields(patch).includes(field));
    return !firstUpdate || valueOf(firstUpdate.before, field) === value;
  });
}

/** Restores a deleted record to its state before the transaction, which can have changed the record before deleting it. */
function invertDeletion(context: InversionContext, row: AuditLogRow, record: CurrentRecord): void {
  const { write, span, overwrite, skip } = context;
  const { type, id } = record;
  const deletedPayload = parsePayload(row.payload_before);
  // The record was restored, changed and deleted again: the current deletion is a later one.
  if (!overwrite && !jsonEqual(record.payload, deletedPayload)) return skip(record, 'changed_since');
  const changes = write.db.all<AuditLogRow>(updateQuery, rangeOf(span, id));
  const earlierPayload = changes.reduceRight(
    (payload, change) => applyPatch(payload, invertPatch(patchOfRow(change))),
    deletedPayload,
  );
  assertCanChange(write.db, write.actor, {
    type,
    id,
    before: null,
    after: earlierPayload,
    recorded: earlierPayload,
  });
  write.records.restore(record, row.university_id);
  write.records.replace(record, earlierPayload);
}

function invertUpdate(
  { write, overwrite, skip }: InversionContext,
  row: AuditLogRow,
  record: CurrentRecord,
): void {
  if (record.deleted) return skip(record, 'deleted_since');
  const { type, id, payload } = record;
  const patch = patchOfRow(row);
  const invertedFields = new Set<string>();
  for (const field of patchedFields(patch)) {
    const currentValue = valueOf(payload, field);
    if (jsonEqual(currentValue, valueOf(patch.before, field))) continue;
    if (!overwrite && !jsonEqual(currentValue, valueOf(patch.after, field)))
      skip(record, 'changed_since', field);
    else if (type === 'profile' && field === 'role' && isLastAdmin(write.db, id))
      skip(record, 'last_admin', field);
    else invertedFields.add(field);
  }
  const revertedPayload = (): JsonObject =>
    applyPatch(
      payload,
      pickPatch(invertPatch(patch), (field) => invertedFields.has(field)),
    );
  const collidingEnd = findCollidingEnd(record, revertedPayload(), invertedFields);
  if (collidingEnd) {
    invertedFields.delete(collidingEnd);
    skip(record, 'changed_since', collidingEnd);
  }
  if (invertedFields.size === 0) return;
  const recorded = revertedPayload();
  const after = withLatestActor(type, recorded, write.actor);
  assertCanChange(write.db, write.actor, { type, id, before: payload, after, recorded });
  write.records.replace(record, after);
}

/** The end to skip, because inverting it would join an interface to the same record twice; null if none. */
function findCollidingEnd(
  { type }: CurrentRecord,
  { from, to }: JsonObject,
  invertedFields: ReadonlySet<string>,
): 'from' | 'to' | null {
  if (type !== 'interface' || from !== to) return null;
  return invertedFields.has('from') ? 'from' : 'to';
}
