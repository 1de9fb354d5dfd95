import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locate, locateIn } from './locate.ts';
import { permit } from './permit.ts';
import { readTitle } from './titles.ts';
import { checkReferences, danglingReferences } from './validate.ts';

const deletion = `SELECT id FROM audit_logs WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC LIMIT 1`;
const companions = `SELECT * FROM audit_logs
  WHERE id >= (SELECT max(id) FROM audit_transactions WHERE id <= :row)
    AND id < coalesce((SELECT min(id) FROM audit_transactions WHERE id > :row), 9223372036854775807)
    AND id <> :row AND meta IS NOT NULL
  ORDER BY id DESC`;

/** What left together with a record that is deleted now, latest first: interfaces, contents, emptied references. */
function companionsOf(db: ReadHandle, id: string): AuditLogRow[] {
  const row = db.get<{ id: number }>(deletion, [id]);
  if (!row) return [];
  return db
    .all<AuditLogRow>(companions, { row: row.id })
    .filter((other) => (JSON.parse(other.meta as string) as { because?: string }).because === id);
}

/**
 * Brings a deleted record back, with the interfaces, contents and references that went with it as far as they can come: an
 * interface whose other end is gone stays deleted, a reference that was filled anew stays as it is, and one to what has been
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
  let links = 0;
  for (const row of companionsOf(write.db, id)) {
    const other = isEntityType(row.entity_type)
      ? locateIn(write.db, row.entity_type, row.entity_id)
      : undefined;
    if (!other) continue;
    if (row.action === 'update' && !other.deleted) {
      for (const [field, value] of Object.entries(
        JSON.parse(row.payload_before ?? '{}') as Record<string, string>,
      )) {
        if ((other.payload[field] ?? null) === null)
          write.records.update(other, { [field]: value }, [], because);
      }
    }
    if (row.action !== 'delete' || !other.deleted || !endsAreLive(write.db, other.payload, other.type))
      continue;
    write.records.restore(other, because);
    const dead = danglingReferences(write.db, other.type, other.payload).map(({ path }) => [path, null]);
    write.records.update(other, Object.fromEntries(dead) as JsonObject, [], because);
    if (other.type === 'interface') links += 1;
  }
  write.audit.label(`${type}.restore`, { type, id, title: readTitle(write.db, type, record.payload), links });
  return links;
}

function endsAreLive(db: ReadHandle, payload: Record<string, unknown>, type: EntityType): boolean {
  if (type !== 'interface') return true;
  return [payload.from, payload.to].every(
    (end) => typeof end === 'string' && locate(db, end)?.deleted === false,
  );
}
