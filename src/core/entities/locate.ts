import type { JsonObject } from '#shared/domain/json.ts';
import { auditedTypes, entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';

interface LocatedRow {
  type: AuditedType;
  payload: string;
  deleted_at: string | null;
}

export interface Located<T extends AuditedType = EntityType> {
  type: T;
  id: string;
  payload: JsonObject;
  deleted: boolean;
}

const probe = (type: AuditedType) =>
  `SELECT '${type}' AS type, payload, deleted_at FROM ${tableOf[type]} WHERE id = :id`;
const anywhere = `${entityTypes.map(probe).join(' UNION ALL ')} LIMIT 1`;
const within = Object.fromEntries(auditedTypes.map((type) => [type, probe(type)])) as Record<
  AuditedType,
  string
>;

/** The record of that id whatever its type, live or deleted: ids are unique across all types. */
export function locate(db: ReadHandle, id: string): Located | undefined {
  return toLocated<EntityType>(id, db.get<LocatedRow>(anywhere, { id }));
}

/** The record of that id within one type, live or deleted. */
export function locateIn<T extends AuditedType>(db: ReadHandle, type: T, id: string): Located<T> | undefined {
  return toLocated<T>(id, db.get<LocatedRow>(within[type], { id }));
}

function toLocated<T extends AuditedType>(id: string, row: LocatedRow | undefined): Located<T> | undefined {
  if (!row) return undefined;
  const payload = JSON.parse(row.payload) as JsonObject;
  return { type: row.type as T, id, payload, deleted: row.deleted_at !== null };
}
