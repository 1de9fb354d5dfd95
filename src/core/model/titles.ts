import type { Json, JsonObject } from '#shared/domain/json.ts';
import { linkTitle, titleOf } from '#shared/domain/title.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { StoredRecord } from '../log/records/stored-record.ts';
import { universityBy, universityOf } from '../log/records/university.ts';
import type { FindRecord } from '../log/records/university.ts';

/** The title of a record; interfaces are named by their ends and description, positions by their node. */
export function readTitle(db: ReadHandle, type: AuditedType, payload: JsonObject): string {
  return titleBy((id) => locateRecord(db, id), type, payload);
}

/** The name of the record's university; null for a university itself and without one. */
export function readUniversityTitle(db: ReadHandle, record: StoredRecord): string | null {
  const id = record.type === 'university' ? null : universityOf(db, record);
  const university = id === null ? undefined : locateIn(db, 'university', id);
  return university ? titleOf('university', university.payload) : null;
}

/** Like `readUniversityTitle` among the records that `find` knows. */
export function universityTitleBy(find: FindRecord, record: StoredRecord): string | null {
  const id = record.type === 'university' ? null : universityBy(find, record);
  const university = id === null ? undefined : find(id);
  return university ? titleOf('university', university.payload) : null;
}

/** Like `readTitle` among the records that `find` knows. */
export function titleBy(find: FindRecord, type: AuditedType, payload: JsonObject): string {
  if (type === 'position') return endTitle(find, payload.node);
  if (type !== 'interface') return titleOf(type, payload);
  return linkTitle(endTitle(find, payload.from), endTitle(find, payload.to), payload.description);
}

function endTitle(find: FindRecord, id: Json | undefined): string {
  if (typeof id !== 'string') return '?';
  const record = find(id);
  return (record && titleOf(record.type, record.payload)) || id;
}
