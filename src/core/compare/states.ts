import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, invertPatch } from '#shared/domain/patch.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { parsePayload, patchOfRow } from '../log/audit/undo-effect.ts';

/** A record on one side. */
export interface State {
  /** The id of the record's row, also if deleted; null if the side never had the record. */
  id: string | null;
  /** Null if absent or deleted. */
  payload: JsonObject | null;
}

export const absentState: State = { id: null, payload: null };

/** A row of a table of records. */
export interface Row {
  id: string;
  /** Key by which copies are compared: the id; for a position its node; for the row of a workspace a constant. */
  key: string;
  payload: string;
  deleted: number;
}

const keyColumn: Readonly<Partial<Record<AuditedType, string>>> = {
  position: 'node_id',
  workspace: `'only'`,
};
const inList = 'IN (SELECT value FROM json_each(?))';
const selectRowsOf = (type: AuditedType): string =>
  `SELECT id, coalesce(${keyColumn[type] ?? 'id'}, id) AS key, payload, deleted_at IS NOT NULL AS deleted FROM ${tableOf[type]}`;

const rowsWhere = (db: ReadHandle, type: AuditedType, column: string, values: readonly string[]): Row[] =>
  db.all<Row>(`${selectRowsOf(type)} WHERE ${column} ${inList}`, [JSON.stringify(values)]);

export function keysOf(db: ReadHandle, type: AuditedType, ids: readonly string[]): string[] {
  if (!keyColumn[type]) return [...ids];
  return rowsWhere(db, type, 'id', ids).map(({ key }) => key);
}

export function rowsOf(db: ReadHandle, type: AuditedType, keys: readonly string[]): Map<string, Row> {
  const rows =
    type === 'workspace'
      ? // Only the row with the workspace's name. The other rows are settings of live, such as which backups are kept.
        db.all<Row>(`${selectRowsOf(type)} WHERE name IS NOT NULL LIMIT 1`)
      : rowsWhere(db, type, keyColumn[type] ?? 'id', keys);
  return new Map(rows.map((row) => [row.key, row]));
}

export function stateOf(row: Row | undefined): State {
  if (!row) return absentState;
  return { id: row.id, payload: row.deleted === 1 ? null : parsePayload(row.payload) };
}

type LogChange = Pick<AuditLogRow, 'action' | 'payload_before' | 'payload_after'>;
const changesSinceQuery =
  'SELECT action, payload_before, payload_after FROM audit_logs WHERE entity_id = ? AND id >= ? ORDER BY id DESC';

/** A record before a row of the log, by reverting later changes. */
export function stateBefore(db: ReadHandle, row: Row, fromRow: number): State {
  let payload: JsonObject = parsePayload(row.payload);
  let deleted = row.deleted === 1;
  for (const { action, payload_before, payload_after } of db.all<LogChange>(changesSinceQuery, [
    row.id,
    fromRow,
  ])) {
    if (action === 'create') return absentState;
    if (action === 'update')
      payload = applyPatch(payload, invertPatch(patchOfRow({ payload_before, payload_after })));
    else deleted = action === 'restore';
  }
  return { id: row.id, payload: deleted ? null : payload };
}
