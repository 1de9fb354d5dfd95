import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { locateRecord } from './locate.ts';
import type { StoredRecord } from './stored-record.ts';

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Finds a record of any type, deleted or not; can include planned records. */
export type FindRecord = (id: string) => { type: AuditedType; payload: JsonObject } | undefined;

export type UniversityPair = readonly [from: string | null, to: string | null];

/** The record's university for the audit: its own id for a university, its source's or else target's for an interface, its node's for a position. */
export function universityOf(db: ReadHandle, record: StoredRecord): string | null {
  return universityBy((id) => locateRecord(db, id), record);
}

/** Returns the universities of an interface's source and target; null for one that has no university or is missing. */
export function endUniversities(db: ReadHandle, payload: JsonObject): UniversityPair {
  return endUniversitiesBy((id) => locateRecord(db, id), payload);
}

/** Like `universityOf`, with records from `find`. */
export function universityBy(
  find: FindRecord,
  record: Pick<StoredRecord, 'type' | 'id' | 'payload'>,
): string | null {
  if (record.type === 'university') return record.id;
  if (record.type === 'position') return universityAt(find, record.payload.node);
  if (record.type !== 'interface') return textOrNull(record.payload.university_id);
  const [from, to] = endUniversitiesBy(find, record.payload);
  return from ?? to;
}

/** Like `endUniversities`, with records from `find`. */
export function endUniversitiesBy(find: FindRecord, payload: JsonObject): UniversityPair {
  return [universityAt(find, payload.from), universityAt(find, payload.to)];
}

function universityAt(find: FindRecord, id: Json | undefined): string | null {
  const record = typeof id === 'string' ? find(id) : undefined;
  if (!record) return null;
  return record.type === 'university' ? (id as string) : textOrNull(record.payload.university_id);
}
