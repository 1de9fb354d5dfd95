import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, invertPatch } from '#shared/domain/patch.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { parsePayload, patchOfRow } from '../log/audit/effect.ts';

/** A record on one side. */
export interface State {
  /** The id of its row, deleted or not; null if there never was one. */
  id: string | null;
  /** Null if absent or deleted. */
  payload: JsonObject | null;
}

export const absentState: State = { id: null, payload: null };

/** A row of a table of records. */
export interface Row {
  id: string;
  /** The key of a record: its id; a position's node; nothing for the one row of a workspace. */
  key: string;
  payload: string;
  deleted: number;
}

const keyOf: Readonly<Partial<Record<AuditedType, string>>> = { position: 'node_id', workspace: `'only'` };
const inList = 'IN (SELECT value FROM json_each(?))';
const columns = (type: AuditedType): string =>
  `SELECT id, coalesce(${keyOf[type] ?? 'id'}, id) AS key, payload, deleted_at IS NOT NULL AS deleted FROM ${tableOf[type]}`;

const rowsWhere = (db: ReadHandle, type: AuditedType, column: string, values: readonly string[]): Row[] =>
  db.all<Row>(`${columns(type)} WHERE ${column} ${inList}`, [JSON.stringify(values)]);

export function keysOf(db: ReadHandle, type: AuditedType, ids: readonly string[]): string[] {
  if (!keyOf[type]) return [...ids];
  return rowsWhere(db, type, 'id', ids).map(({ key }) => key);
}

export function rowsOf(db: ReadHandle, type: AuditedType, keys: readonly string[]): Map<string, Row> {
  const rows =
    type === 'workspace'
      ? // The one with its name: the others are upkeep of live alone, as which backups stay.
        db.all<Row>(`${columns(type)} WHERE name IS NOT NULL LIMIT 1`)
      : rowsWhere(db, type, keyOf[type] ?? 'id', keys);
  return new Map(rows.map((row) => [row.key, row]));
}

export function stateOf(row: Row | undefined): State {
  if (!row) return absentState;
  return { id: row.id, payload: row.deleted === 1 ? null : parsePayload(row.payload) };
}

type Past = Pick<AuditLogRow, 'action' | 'payload_before' | 'payload_after'>;
const since =
  'SELECT action, payload_before, payload_after FROM audit_logs WHERE entity_id = ? AND id >= ? ORDER BY id DESC';

/** A record before a row of the log, by reverting later changes. */
export function stateBefore(db: ReadHandle, row: Row, from: number): State {
  let payload: JsonObject = parsePayload(row.payload);
  let deleted = row.deleted === 1;
  for (const { action, payload_before, payload_after } of db.all<Past>(since, [row.id, from])) {
    if (action === 'create') return absentState;
    if (action === 'update')
      payload = applyPatch(payload, invertPatch(patchOfRow({ payload_before, payload_after })));
    else deleted = action === 'restore';
  }
  return { id: row.id, payload: deleted ? null : payload };
}
