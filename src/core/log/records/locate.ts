import type { JsonObject } from '#shared/domain/json.ts';
import { auditedTypes, entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

interface StoredRow {
  payload: string;
  deleted_at: string | null;
  hidden: number;
}

export interface LocatedRecord<T extends AuditedType = EntityType> {
  type: T;
  id: string;
  payload: JsonObject;
  deleted: boolean;
  /** Not deleted itself, but hidden by a deleted record. */
  hidden: boolean;
}

const queryOf = (types: readonly EntityType[]): string => {
  const queries = types.map(
    (type) => `SELECT '${type}' AS type, payload, deleted_at, hidden FROM ${tableOf[type]} WHERE id = :id`,
  );
  return `${queries.join(' UNION ALL ')} LIMIT 1`;
};
const everyTypeQuery = queryOf(entityTypes);

/** Handles of files that have the table of every type. A table is never dropped while its file is open. */
const completeHandles = new WeakSet<ReadHandle>();

/** An older schema lacks some tables. */
function anyTypeQuery(db: ReadHandle): string {
  if (completeHandles.has(db)) return everyTypeQuery;
  const tables = tablesIn(db);
  const types = entityTypes.filter((type) => tables.has(tableOf[type]));
  if (types.length === entityTypes.length) completeHandles.add(db);
  return queryOf(types);
}

const queryByType = Object.fromEntries(
  auditedTypes.map((type) => {
    const hidden = isEntityType(type) ? 'hidden' : '0 AS hidden';
    return [type, `SELECT payload, deleted_at, ${hidden} FROM ${tableOf[type]} WHERE id = ?`];
  }),
) as Record<AuditedType, string>;

/** Finds a record by id in any type, also a deleted or hidden one: ids are unique across types. */
export function locateRecord(db: ReadHandle, id: string): LocatedRecord | undefined {
  const row = db.get<StoredRow & { type: EntityType }>(anyTypeQuery(db), { id });
  return row && toLocated(row.type, id, row);
}

/** Also finds deleted and hidden records. */
export function locateIn<T extends AuditedType>(
  db: ReadHandle,
  type: T,
  id: string,
): LocatedRecord<T> | undefined {
  const row = db.get<StoredRow>(queryByType[type], [id]);
  return row && toLocated(type, id, row);
}

function toLocated<T extends AuditedType>(type: T, id: string, row: StoredRow): LocatedRecord<T> {
  const payload = JSON.parse(row.payload) as JsonObject;
  const deleted = row.deleted_at !== null;
  return { type, id, payload, deleted, hidden: !deleted && row.hidden === 1 };
}
