import type { UndoConflict } from '#shared/contract/fault-data.ts';
import { isErased } from '#shared/domain/erased.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, invertPatch, patchFields, pickPatch, valueOf } from '#shared/domain/patch.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { isLastAdmin } from '../log/session.ts';
import { dependantsOf } from '../model/dependants.ts';
import type { RecordKey } from '../model/dependants.ts';
import { assertMayChange } from '../model/permissions.ts';
import { readTitle } from '../model/titles.ts';
import { parsePayload, patchOfRow } from '../log/audit/effect.ts';
import { rowsReversed } from '../log/audit/rows.ts';

const inTransaction = 'entity_id = :entity AND id >= :from AND id < :until';
const isWhole = `SELECT 1 FROM audit_logs WHERE ${inTransaction}
  AND (id < :row AND action IN ('create', 'restore') OR id > :row AND action = 'delete') LIMIT 1`;
const updates = `SELECT * FROM audit_logs WHERE ${inTransaction} AND action = 'update' ORDER BY id`;

interface Span {
  id: number;
  changes: number;
}

const rangeOf = ({ id, changes }: Span, entity: string) => ({ entity, from: id, until: id + changes });

/** Whether the updated record was also created or deleted in the same transaction, which inverts it as a whole. */
const belongsToWhole = ({ db }: WriteContext, span: Span, { id, entity_id }: AuditLogRow): boolean =>
  db.get(isWhole, { ...rangeOf(span, entity_id), row: id }) !== undefined;

type Current = Located<AuditedType>;
type Reason = UndoConflict['reason'];

interface Inverting {
  write: WriteContext;
  span: Span;
  /** Also inverts values that were changed later. */
  overwrite: boolean;
  leave: (record: Current, reason: Reason, field?: string) => void;
}

/**
 * Inverts the rows of one transaction, last to first. Values changed later are left, or with `overwrite` inverted too; values already as
 * before need no change. The last admin keeps the role. Yields the number of rows done; returns the skipped values with reasons. Throws FORBIDDEN.
 */
export function* invertTransaction(
  write: WriteContext,
  span: Span,
  { overwrite }: { overwrite: boolean },
): Generator<number, UndoConflict[], void> {
  const left: UndoConflict[] = [];
  const inverting: Inverting = {
    write,
    span,
    overwrite,
    leave({ type, id, payload }, reason, field) {
      left.push({ type, id, title: readTitle(write.db, type, payload), field: field ?? null, reason });
    },
  };
  let done = 0;
  for (const row of rowsReversed(write.db, span)) {
    const record = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (record && isErased(record.payload)) inverting.leave(record, 'erased');
    else if (record) invertRow(inverting, row, record);
    yield ++done;
  }
  return left;
}

function invertRow(inverting: Inverting, row: AuditLogRow, record: Current): void {
  const { write, span } = inverting;
  if (row.action === 'update') {
    if (!belongsToWhole(write, span, row)) invertUpdate(inverting, row, record);
  } else if (row.action === 'delete') {
    if (record.deleted) invertDeletion(inverting, row, record);
  } else if (!record.deleted) invertCreation(inverting, row, record);
}

function invertCreation(inverting: Inverting, row: AuditLogRow, record: Current): void {
  const { write, span, overwrite, leave } = inverting;
  const { type, id } = record;
  const created = parsePayload(row.payload_after);
  const changes = write.db.all<AuditLogRow>(updates, rangeOf(span, id));
  const result = changes.reduce((payload, change) => applyPatch(payload, patchOfRow(change)), created);
  if (!overwrite && !jsonEqual(record.payload, result)) return leave(record, 'changed_since');
  if (type === 'profile' && isLastAdmin(write.db, id)) return leave(record, 'last_admin');
  // The log names the profile as an author, and a window may still act as it.
  if (type === 'profile' && hasActed(write.db, id)) return leave(record, 'in_use');
  if (!overwrite && isEntityType(type) && hasNewDependants(write, { type, id }, row.id))
    return leave(record, 'in_use');
  assertMayChange(write.db, write.actor, { type, id, before: record.payload, after: null });
  const payload = write.records.replace(record, created) ?? record.payload;
  write.records.remove({ ...record, payload }, row.university_id);
}

const hasActed = (db: ReadHandle, profile: string): boolean =>
  db.get('SELECT 1 FROM audit_transactions WHERE actor = ? LIMIT 1', [profile]) !== undefined;

const changedSince = `SELECT DISTINCT entity_id FROM audit_logs
  WHERE id > :row AND entity_id IN (SELECT value FROM json_each(:ids))`;
const rowsSince = 'SELECT * FROM audit_logs WHERE entity_id = ? AND id > ? ORDER BY id';

/** Whether the record has dependants that it did not have when it was created. The earlier ones are hidden with it again. */
function hasNewDependants({ db }: WriteContext, record: RecordKey, row: number): boolean {
  const { contents, links, references } = dependantsOf(db, [record]);
  const all: RecordKey<AuditedType>[] = [
    ...contents,
    ...links.map((id) => ({ type: 'interface' as const, id })),
    ...references,
  ];
  if (all.length === 0) return false;
  const types = new Map(all.map(({ type, id }) => [id, type]));
  const targets = new Set<unknown>([record.id, ...contents.map(({ id }) => id)]);
  const changed = db.column<string>(changedSince, { row, ids: JSON.stringify([...types.keys()]) });
  return changed.some((id) => !dependedAt(db, { type: types.get(id) ?? 'interface', id }, row, targets));
}

/** Whether a dependant of one of `targets` depended on it right after a log row too. */
function dependedAt(
  db: ReadHandle,
  { type, id }: RecordKey<AuditedType>,
  row: number,
  targets: ReadonlySet<unknown>,
): boolean {
  const rows = db.all<AuditLogRow>(rowsSince, [id, row]);
  const came = rows.find(({ action }) => action !== 'update')?.action;
  if (came === 'create' || came === 'restore') return false;
  const updates = rows.filter(({ action }) => action === 'update').map(patchOfRow);
  return Object.entries(locateIn(db, type, id)?.payload ?? {}).some(([field, value]) => {
    if (!targets.has(value)) return false;
    const first = updates.find((patch) => patchFields(patch).includes(field));
    return !first || valueOf(first.before, field) === value;
  });
}

/** Restores a deleted record to its state before the transaction, which may have changed it first. */
function invertDeletion(inverting: Inverting, row: AuditLogRow, record: Current): void {
  const { write, span, overwrite, leave } = inverting;
  const { type, id } = record;
  const deleted = parsePayload(row.payload_before);
  // It was restored, changed and deleted again: the current deletion is a later one.
  if (!overwrite && !jsonEqual(record.payload, deleted)) return leave(record, 'changed_since');
  const changes = write.db.all<AuditLogRow>(updates, rangeOf(span, id));
  const former = changes.reduceRight(
    (payload, change) => applyPatch(payload, invertPatch(patchOfRow(change))),
    deleted,
  );
  assertMayChange(write.db, write.actor, { type, id, before: null, after: former });
  write.records.restore(record, row.university_id);
  write.records.replace(record, former);
}

function invertUpdate({ write, overwrite, leave }: Inverting, row: AuditLogRow, record: Current): void {
  if (record.deleted) return leave(record, 'deleted_since');
  const { type, id, payload } = record;
  const patch = patchOfRow(row);
  const inverted = new Set<string>();
  for (const field of patchFields(patch)) {
    const current = valueOf(payload, field);
    if (jsonEqual(current, valueOf(patch.before, field))) continue;
    if (!overwrite && !jsonEqual(current, valueOf(patch.after, field))) leave(record, 'changed_since', field);
    else if (type === 'profile' && field === 'role' && isLastAdmin(write.db, id))
      leave(record, 'last_admin', field);
    else inverted.add(field);
  }
  const result = (): JsonObject =>
    applyPatch(
      payload,
      pickPatch(invertPatch(patch), (field) => inverted.has(field)),
    );
  const meeting = endThatMeets(record, result(), inverted);
  if (meeting) {
    inverted.delete(meeting);
    leave(record, 'changed_since', meeting);
  }
  if (inverted.size === 0) return;
  assertMayChange(write.db, write.actor, { type, id, before: payload, after: result() });
  write.records.replace(record, result());
}

/** The end of an interface that would coincide with the other one, which was moved later; it is left. */
function endThatMeets(
  { type }: Current,
  { from, to }: JsonObject,
  inverted: ReadonlySet<string>,
): 'from' | 'to' | null {
  if (type !== 'interface' || from !== to) return null;
  return inverted.has('from') ? 'from' : 'to';
}
