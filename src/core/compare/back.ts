import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { danglingReferences } from '../model/validate.ts';
import type { Wanted } from './choose.ts';

/**
 * Brings back a record, or references of one, that went with another which came back before it, as far as it can come: a link, and what
 * belongs to a university, with what they cannot be without; a reference to what is not there is emptied. As with every record that is
 * restored, it needs no permission of its own. Returns what it is then, or null where nothing came.
 */
export function comeBack(
  write: WriteContext,
  { type, patch, back }: Wanted,
  record: Located<AuditedType>,
): JsonObject | null {
  // Who undoes that takes it back with the other, and what live itself had is no work of Play by that.
  const meta = JSON.stringify({ because: back, back: true });
  if (patch) return record.deleted ? null : write.records.update(record, patch.set, [], meta);
  if (!record.deleted || !isEntityType(type)) return null;
  const dead = danglingReferences(write.db, type, record.payload).map(({ path }) => path);
  if (dead.length > 0 && (type === 'interface' || dead.includes('university_id'))) return null;
  write.records.restore(record, meta);
  const emptied = Object.fromEntries(dead.map((path) => [path, null]));
  return write.records.update(record, emptied, [], meta) ?? record.payload;
}

/** Whether what was to come back with another did. */
export function isBack(db: ReadHandle, { type, id, patch, back }: Wanted): boolean {
  if (back === undefined) return false;
  const record = locateIn(db, type, id);
  if (!record || record.deleted) return false;
  return Object.entries(patch?.set ?? {}).every(([field, value]) => record.payload[field] === value);
}
