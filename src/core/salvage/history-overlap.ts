import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';

interface Transaction {
  id: number;
  changes: number;
  created_at: string;
  previous_hash: string;
  hash: string;
}

const transactionsQuery =
  'SELECT id, changes, created_at, previous_hash, hash FROM transactions ORDER BY id DESC';
const upToQuery = 'SELECT id, changes, hash FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const logsQuery = 'SELECT id, salt, digest FROM logs ORDER BY id DESC';
const sameLogRowQuery =
  'SELECT 1 AS one FROM audit_logs WHERE id = :id AND salt IS :salt AND digest = :digest';
const stateRowQuery =
  'SELECT max(id) AS id FROM audit_logs WHERE entity_id = :id AND created_at = :updated_at';

/**
 * Id of the last row of the log in `db` that the damaged file is known to have had. Evidence is the row in the file's log, or a record in
 * the state of that row. 0 if unknown.
 */
export function lastCommonRow(db: Connection, scanDb: Connection): number {
  let lastRow = Math.max(lastOfTransactions(db, scanDb), lastOfLogs(db, scanDb));
  for (const row of scanDb.iterate<{ id: string; updated_at: string }>('SELECT id, updated_at FROM records'))
    lastRow = Math.max(lastRow, rowOfState(db, row));
  return lastRow;
}

/** Id of the row of the log in `db` that gave a record its state of that time (ISO 8601); 0 if none. */
export const rowOfState = (db: Connection, { id, updated_at }: { id: string; updated_at: string }): number =>
  db.get<{ id: number | null }>(stateRowQuery, { id, updated_at })?.id ?? 0;

function lastOfTransactions(db: Connection, scanDb: Connection): number {
  for (const { id, hash, previous_hash } of scanDb.iterate<Transaction>(transactionsQuery)) {
    const transaction = db.get<Transaction>(upToQuery, [id]);
    if (transaction?.id === id && transaction.hash === hash) return lastRowOf(transaction);
    const previous = db.get<Transaction>(upToQuery, [id - 1]);
    if (previous?.hash === previous_hash) return lastRowOf(previous);
  }
  return 0;
}

function lastOfLogs(db: Connection, scanDb: Connection): number {
  for (const row of scanDb.iterate<{ id: number; salt: string | null; digest: string }>(logsQuery))
    if (db.get(sameLogRowQuery, row)) return row.id;
  return 0;
}

const lastRowOf = ({ id, changes }: Pick<Head, 'id' | 'changes'>): number => id + changes - 1;

/** When an older copy of the file ends; undefined unless its whole log was read and begins the log in `db`, which reaches `head`. */
export function olderCopy(db: Connection, scanDb: Connection, head: Head): SalvageReport['older'] {
  const lastTransaction = scanDb.get<Transaction>(`${transactionsQuery} LIMIT 1`);
  if (!lastTransaction || lastTransaction.id >= head.id) return undefined;
  const laterRow = scanDb.get('SELECT 1 AS one FROM logs WHERE id > ? LIMIT 1', [lastRowOf(lastTransaction)]);
  const isSame = db.get<Transaction>(upToQuery, [lastTransaction.id])?.hash === lastTransaction.hash;
  return isSame && !laterRow ? { until: lastTransaction.created_at } : undefined;
}
