import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { locate } from './locate.ts';
import type { StoredRecord } from './stored-record.ts';

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Finds a record whatever its type, deleted or not; what is planned may count as there. */
export type Find = (id: string) => { type: AuditedType; payload: JsonObject } | undefined;

/** The universities of an interface's two ends. */
export type Ends = readonly [from: string | null, to: string | null];

/** The university that a record belongs to, for the audit: its own id for a university, that of an end for an interface, that of its node for a position. */
export function universityOf(db: ReadHandle, record: StoredRecord): string | null {
  return universityBy((id) => locate(db, id), record);
}

/** The universities of an interface's two ends, null where an end has none or is not there. */
export function endUniversities(db: ReadHandle, payload: JsonObject): Ends {
  return endUniversitiesBy((id) => locate(db, id), payload);
}

/** As `universityOf` among records that `find` knows. */
export function universityBy(
  find: Find,
  record: Pick<StoredRecord, 'type' | 'id' | 'payload'>,
): string | null {
  if (record.type === 'university') return record.id;
  if (record.type === 'position') return universityAt(find, record.payload.node);
  if (record.type !== 'interface') return text(record.payload.university_id);
  const [from, to] = endUniversitiesBy(find, record.payload);
  return from ?? to;
}

/** As `endUniversities` among records that `find` knows. */
export function endUniversitiesBy(find: Find, payload: JsonObject): Ends {
  return [universityAt(find, payload.from), universityAt(find, payload.to)];
}

/** The university of the record that an id names: its own id for a university. */
function universityAt(find: Find, id: Json | undefined): string | null {
  const found = typeof id === 'string' ? find(id) : undefined;
  if (!found) return null;
  return found.type === 'university' ? (id as string) : text(found.payload.university_id);
}
