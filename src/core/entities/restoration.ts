import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locate, locateIn } from './locate.ts';
import type { Located } from './locate.ts';
import { permit } from './permit.ts';
import { readTitle } from './titles.ts';
import { checkReferences, danglingReferences } from './validate.ts';

const deletion = `SELECT id, meta FROM audit_logs WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC LIMIT 1`;
const deletedLinks = `SELECT id FROM interfaces WHERE deleted_at IS NOT NULL
  AND (from_id IN (SELECT value FROM json_each(:ids)) OR to_id IN (SELECT value FROM json_each(:ids))) ORDER BY id`;
const companions = `SELECT * FROM audit_logs
  WHERE id >= (SELECT max(id) FROM audit_transactions WHERE id <= :row)
    AND id < coalesce((SELECT min(id) FROM audit_transactions WHERE id > :row), 9223372036854775807)
    AND id <> :row AND meta IS NOT NULL
  ORDER BY id DESC`;

/** What left together with a record that is deleted now, latest first: contents, emptied references, interfaces. */
function companionsOf(db: ReadHandle, id: string): AuditLogRow[] {
  const row = db.get<{ id: number }>(deletion, [id]);
  if (!row) return [];
  return db
    .all<AuditLogRow>(companions, { row: row.id })
    .filter((other) => (JSON.parse(other.meta as string) as { because?: string }).because === id);
}

/**
 * Brings a deleted record back, with the interfaces, contents and references that went with it as far as they can come: an
 * interface comes once both its ends are there, a reference that was filled anew stays as it is, and one to what has been
 * deleted meanwhile is emptied. Returns how many interfaces came.
 */
export function restoreRecord(write: WriteContext, type: EntityType, id: string): number {
  const record = locateIn(write.db, type, id);
  if (!record) throw new Fault('NOT_FOUND', `The ${type} "${id}" does not exist.`, { type, id });
  if (!record.deleted)
    throw new Fault('ALREADY', `The ${type} "${id}" is not deleted.`, { id, state: 'live' });
  permit(write.db, write.actor, { type, id, before: null, after: record.payload });
  checkReferences(write.db, type, record.payload);
  write.records.restore(record);
  const because = JSON.stringify({ because: id });
  const back = [id];
  for (const row of companionsOf(write.db, id)) {
    const other = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (!other || other.type === 'interface') continue;
    if (row.action === 'update' && !other.deleted) refill(write, other, row, because);
    if (row.action !== 'delete' || !other.deleted || !isEntityType(other.type)) continue;
    write.records.restore(other, because);
    const dead = danglingReferences(write.db, other.type, other.payload).map(({ path }) => [path, null]);
    write.records.update(other, Object.fromEntries(dead) as JsonObject, [], because);
    back.push(other.id);
  }
  const links = restoreLinks(write, back, because);
  write.audit.label(`${type}.restore`, { type, id, title: readTitle(write.db, type, record.payload), links });
  return links;
}

/** Sets a reference that was emptied back, unless somebody has filled it anew. */
function refill(write: WriteContext, other: Located<AuditedType>, row: AuditLogRow, because: string): void {
  const emptied = Object.entries(JSON.parse(row.payload_before ?? '{}') as JsonObject);
  const still = emptied.filter(([field]) => (other.payload[field] ?? null) === null);
  write.records.update(other, Object.fromEntries(still), [], because);
}

/** Interfaces of the records that were deleted because one of their ends was, whichever, and whose ends are both there now. */
function restoreLinks(write: WriteContext, ids: readonly string[], because: string): number {
  let links = 0;
  for (const id of write.db.column<string>(deletedLinks, { ids: JSON.stringify(ids) })) {
    const link = locateIn(write.db, 'interface', id);
    const last = write.db.get<{ meta: string | null }>(deletion, [id]);
    if (!link || last?.meta == null || !endsAreLive(write.db, link.payload)) continue;
    write.records.restore(link, because);
    links += 1;
  }
  return links;
}

function endsAreLive(db: ReadHandle, payload: JsonObject): boolean {
  return [payload.from, payload.to].every(
    (end) => typeof end === 'string' && locate(db, end)?.deleted === false,
  );
}
