import { isAuditedType } from '#shared/domain/types.ts';
import { readErasedRows, remainderDigest } from '../log/audit/erased-rows.ts';
import { putRecord } from '../log/audit/fill-from-log.ts';
import { foldRow } from '../log/audit/fold-row.ts';
import type { FoldedRecord, ReplayRow } from '../log/audit/fold-row.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { linksAfter } from './chain.ts';

const logColumns =
  'id, actor, action, entity_type, entity_id, university_id, payload_before, payload_after, meta, salt, digest, created_at';
const transactionColumns =
  'id, label, params, params_salt, params_digest, actor, op_id, replica, hlc, created_at, undoes, redoes, changes, previous_hash, hash';
const namedParameters = (columns: string): string => columns.replaceAll(/\w+/g, ':$&');
const insertLogSql = `INSERT INTO audit_logs (${logColumns}) VALUES (${namedParameters(logColumns)})`;
const insertTransactionSql = `INSERT INTO audit_transactions (${transactionColumns}) VALUES (${namedParameters(transactionColumns)})`;
const changedIdsQuery = 'SELECT DISTINCT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ?';
const historyQuery = `SELECT action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_id = ? ORDER BY id`;

const foundRowsQuery = 'SELECT payload_before, payload_after FROM logs WHERE id = ?';
const foundParamsQuery = 'SELECT params FROM transactions WHERE id = ?';
const emptyRowStatement =
  'UPDATE audit_logs SET payload_before = ?, payload_after = ?, salt = NULL WHERE id = ?';
const emptyParamsStatement = 'UPDATE audit_transactions SET params = ?, params_salt = NULL WHERE id = ?';

type Row = Record<string, string | number | null>;

/**
 * Copies the found log from `from` as far as its chain holds, and applies it to the records. Runs in the caller's transaction. Yields rows
 * done; returns the number of transactions. Throws an Error if the log contradicts itself.
 */
export function* replayLinks(
  db: Connection,
  scanDb: Connection,
  from: Head,
): Generator<number, number, void> {
  let [transactions, rows] = [0, 0];
  for (const link of linksAfter(scanDb, from)) {
    for (const row of link.rows) db.write.run(insertLogSql, row as unknown as Row);
    db.write.run(insertTransactionSql, link.transaction as unknown as Row);
    transactions += 1;
    rows += link.rows.length;
    yield rows;
  }
  takeErasures(db, scanDb);
  let done = 0;
  for (const { type, id } of db.all<{ type: string; id: string }>(changedIdsQuery, [
    from.id + from.changes,
  ])) {
    if (!isAuditedType(type)) throw new Error(`the log speaks of a ${type}`);
    let record: FoldedRecord | undefined;
    for (const row of db.all<ReplayRow>(historyQuery, [id])) record = foldRow(record, row);
    if (record) putRecord(db, type, id, record);
    done += 1;
    yield done;
  }
  return transactions;
}

/** Empties the rows of the backup that were erased after it, as the found log has them. */
function takeErasures(db: Connection, scanDb: Connection): void {
  const { rows, labels } = readErasedRows(db);
  for (const [id, digest] of rows) {
    const found = scanDb
      .all<{ payload_before: string | null; payload_after: string | null }>(foundRowsQuery, [id])
      .find((row) => remainderDigest(row.payload_before, row.payload_after) === digest);
    if (found) db.write.run(emptyRowStatement, [found.payload_before, found.payload_after, id]);
  }
  for (const [id, digest] of labels) {
    const found = scanDb
      .all<{ params: string }>(foundParamsQuery, [id])
      .find(({ params }) => remainderDigest(null, params) === digest);
    if (found) db.write.run(emptyParamsStatement, [found.params, id]);
  }
}
