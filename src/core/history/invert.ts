import type { UndoConflict } from '#shared/contract/faults.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locateIn } from '../entities/locate.ts';
import type { Located } from '../entities/locate.ts';
import { permit } from '../entities/permit.ts';
import { applyRemoval, planRemoval } from '../entities/removal.ts';
import { readTitle } from '../entities/titles.ts';
import { checkReferences } from '../entities/validate.ts';

type Stands = Located<AuditedType>;
type Reason = UndoConflict['reason'];

const parse = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

/**
 * Takes back the effect of one transaction's rows, which come last to first. What somebody has changed since is left as it is,
 * or with `overwrite` taken back too; what already is as it was before needs nothing. Yields how many rows are done; returns what
 * was left and why.
 */
export function* invert(
  write: WriteContext,
  rows: Iterable<AuditLogRow>,
  overwrite: boolean,
): Generator<number, UndoConflict[], void> {
  const left: UndoConflict[] = [];
  let done = 0;
  for (const row of rows) {
    const record = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (record) {
      const leave = (reason: Reason, field: string | null = null): void => {
        const title = readTitle(write.db, record.type, record.payload);
        left.push({ type: record.type, id: record.id, title, field, reason });
      };
      if (row.action === 'update') invertUpdate(write, row, record, overwrite, leave);
      else if (row.action === 'delete' && record.deleted) invertRemoval(write, row, record, leave);
      else if (row.action !== 'delete' && !record.deleted)
        invertCreation(write, row, record, overwrite, leave);
    }
    yield ++done;
  }
  return left;
}

type Leave = (reason: Reason, field?: string | null) => void;

/** What hangs on another change of the same transaction needs no permission of its own: it had none when it was made. */
function allow(
  write: WriteContext,
  row: AuditLogRow,
  record: Stands,
  before: JsonObject | null,
  after: JsonObject | null,
): void {
  const consequence = row.meta !== null && Object.hasOwn(parse(row.meta), 'because');
  if (!consequence) permit(write.db, write.actor, { type: record.type, id: record.id, before, after });
}

function invertCreation(
  write: WriteContext,
  row: AuditLogRow,
  record: Stands,
  overwrite: boolean,
  leave: Leave,
): void {
  if (!overwrite && !jsonEqual(record.payload, parse(row.payload_after))) return leave('changed_since');
  allow(write, row, record, record.payload, null);
  const { type, id } = record;
  if (!isEntityType(type)) return write.records.remove(record, row.meta, row.university_id);
  const removal = planRemoval(write.db, type, id);
  const hanging = removal.links.length + removal.contents.length + removal.references.length;
  if (hanging > 0 && !overwrite) return leave('in_use');
  applyRemoval(write, removal, row.meta, row.university_id);
}

function invertRemoval(write: WriteContext, row: AuditLogRow, record: Stands, leave: Leave): void {
  if (!pointsToLive(write, record, record.payload)) return leave('end_missing');
  allow(write, row, record, null, record.payload);
  write.records.restore(record, row.meta, row.university_id);
}

function invertUpdate(
  write: WriteContext,
  row: AuditLogRow,
  record: Stands,
  overwrite: boolean,
  leave: Leave,
): void {
  if (record.deleted) return leave('deleted_since');
  const before = parse(row.payload_before);
  const after = parse(row.payload_after);
  const set: Record<string, Json> = {};
  const unset: string[] = [];
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = (side: JsonObject): Json | undefined =>
      Object.hasOwn(side, field) ? side[field] : undefined;
    const old = value(before);
    if (sameValue(value(record.payload), old)) continue;
    if (!overwrite && !sameValue(value(record.payload), value(after))) leave('changed_since', field);
    else if (old === undefined) unset.push(field);
    else if (!pointsToLive(write, record, { [field]: old })) leave('end_missing', field);
    else set[field] = old;
  }
  const meeting = endThatMeets(record, set);
  if (meeting) {
    delete set[meeting];
    leave('changed_since', meeting);
  }
  if (Object.keys(set).length + unset.length === 0) return;
  const changed = Object.entries(record.payload).filter(([field]) => !unset.includes(field));
  allow(write, row, record, record.payload, Object.fromEntries([...changed, ...Object.entries(set)]));
  write.records.update(record, set, unset, row.meta);
}

/** Equal, where undefined is a field that is not there. */
function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  return left === undefined || right === undefined ? left === right : jsonEqual(left, right);
}

/** The end of an interface that may not be set back, because somebody has moved the other end to the same record. */
function endThatMeets({ type, payload }: Stands, set: JsonObject): 'from' | 'to' | null {
  const { from, to } = { ...payload, ...set };
  if (type !== 'interface' || from !== to) return null;
  return Object.hasOwn(set, 'from') ? 'from' : 'to';
}

/** Whether everything that the fields of `payload` refer to is there and live. */
function pointsToLive(write: WriteContext, record: Stands, payload: JsonObject): boolean {
  if (!isEntityType(record.type)) return true;
  try {
    checkReferences(write.db, record.type, payload);
    return true;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}
