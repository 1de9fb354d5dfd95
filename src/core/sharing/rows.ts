import { hash } from 'node:crypto';
import { Fault } from '#shared/contract/faults.ts';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';

interface Row {
  id: string;
  name: string | null;
  description: string | null;
  university_id: string | null;
  university: string | null;
  shared_by: string | null;
  by_name: string | null;
  shared_at: string | null;
  count: number | null;
}

/** Shared sandboxes without their changes, which are long. */
const sharedSql = `SELECT s.id, s.name, s.payload ->> '$.description' AS description, s.university_id, u.name AS university,
    s.payload ->> '$.shared_by' AS shared_by, p.name AS by_name, s.payload ->> '$.shared_at' AS shared_at, json_array_length(s.payload, '$.changes') AS count
  FROM shared_sandboxes s LEFT JOIN universities u ON u.id = s.university_id LEFT JOIN profiles p ON p.id = s.payload ->> '$.shared_by'
  WHERE s.deleted_at IS NULL AND u.deleted_at IS NULL`;

function toShared(row: Row): SharedSandbox {
  const { id, university_id, university, shared_by, by_name, shared_at } = row;
  return {
    id,
    name: row.name ?? id,
    description: row.description ?? '',
    university: university_id === null ? null : { id: university_id, title: university ?? university_id },
    by: { id: shared_by ?? '', name: by_name ?? shared_by ?? '' },
    shared_at: shared_at ?? '',
    count: row.count ?? 0,
  };
}

/** Shared sandboxes that are neither deleted nor of a deleted university; newest first. */
export const listShared = (db: ReadHandle): SharedSandbox[] =>
  db.all<Row>(`${sharedSql} ORDER BY shared_at DESC, s.id`).map(toShared);

/** A shared sandbox; null if missing, deleted, or of a deleted university. */
export function readShared(db: ReadHandle, id: string): SharedSandbox | null {
  const row = db.get<Row>(`${sharedSql} AND s.id = ?`, [id]);
  return row ? toShared(row) : null;
}

/** A shared sandbox with its changes. Throws NOT_FOUND if deleted or missing. */
export function locateShared(db: ReadHandle, id: string): LocatedRecord<'shared-sandbox'> {
  const record = locateIn(db, 'shared-sandbox', id);
  if (record && !record.deleted) return record;
  throw new Fault('NOT_FOUND', { type: 'shared-sandbox', id, ...(record && { state: 'deleted' as const }) });
}

/** A hash of a shared sandbox's state, equal on every client. */
export const hashOfShared = (payload: JsonObject): string => hash('sha256', canonicalJson(payload), 'hex');
