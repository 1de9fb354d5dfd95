import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { foldRow } from './fold-row.ts';
import type { FoldedRecord, ReplayRow } from './fold-row.ts';

const historyQuery = `SELECT entity_id, action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_type = ? ORDER BY id`;

/** Fills tables that a schema step has just created from the log, which a downgrade keeps. Skips records with a contradictory history. */
export function fillFromLog(db: Connection, createdTables: readonly string[]): void {
  if (!tablesIn(db).has('audit_logs')) return;
  for (const type of auditedTypes) {
    if (!createdTables.includes(tableOf[type])) continue;
    const rows = db.all<ReplayRow & { entity_id: string }>(historyQuery, [type]);
    for (const [id, history] of Map.groupBy(rows, (row) => row.entity_id)) {
      const record = foldHistory(history);
      if (record) putRecord(db, type, id, record);
    }
  }
}

function foldHistory(history: readonly ReplayRow[]): FoldedRecord | undefined {
  try {
    return history.reduce<FoldedRecord | undefined>(foldRow, undefined);
  } catch {
    return undefined;
  }
}

/** Writes a row without an audit row: only for what the log already contains, or for trials that are rolled back. */
export function putRecord(db: Connection, type: AuditedType, id: string, record: FoldedRecord): void {
  const { payload, created_at, updated_at, deleted_at } = record;
  db.write.run(
    `INSERT INTO ${tableOf[type]} (id, payload, created_at, updated_at, deleted_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, created_at = excluded.created_at,
      updated_at = excluded.updated_at, deleted_at = excluded.deleted_at`,
    [id, payload, created_at, updated_at, deleted_at],
  );
}
