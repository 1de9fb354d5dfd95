import { rowText, TransactionHash } from '../log/audit/chain.ts';
import { isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';

const nextQuery = 'SELECT * FROM transactions WHERE previous_hash = ?';
const rowsQuery = 'SELECT * FROM logs WHERE id >= ? AND id < ? ORDER BY id';

/** A transaction of the log whose rows agree with their hashes. */
export interface ChainLink {
  transaction: AuditTransactionRow;
  rows: AuditLogRow[];
}

/** The transactions that follow a head in an unbroken chain, oldest first. */
export function* linksAfter(scanDb: Connection, from: Head): Generator<ChainLink, void, void> {
  let [hash, expectedId] = [from.hash, from.id + from.changes];
  for (;;) {
    const link = scanDb
      .all<AuditTransactionRow>(nextQuery, [hash])
      .map((transaction) => ({ transaction, rows: rowsIn(scanDb, transaction) }))
      .find((candidate) => candidate.transaction.id === expectedId && hasValidHash(candidate));
    if (!link) return;
    yield link;
    ({ hash } = link.transaction);
    expectedId += link.transaction.changes;
  }
}

const rowsIn = (scanDb: Connection, { id, changes }: AuditTransactionRow): AuditLogRow[] =>
  scanDb.all<AuditLogRow>(rowsQuery, [id, id + changes]);

function hasValidHash({ transaction, rows }: ChainLink): boolean {
  const transactionHash = new TransactionHash();
  for (const row of rows) {
    if (row.actor !== transaction.actor || row.created_at !== transaction.created_at) return false;
    transactionHash.add(rowText(row));
  }
  return rows.length === transaction.changes && transactionHash.finish(transaction) === transaction.hash;
}

export const headOf = ({ id, op_id, hash, hlc, created_at, changes }: AuditTransactionRow): Head => ({
  id,
  op_id,
  hash,
  hlc,
  created_at,
  changes,
});

/** How far the chain reaches from a head. */
export function reachedHead(scanDb: Connection, from: Head): Head {
  let head = from;
  for (const { transaction } of linksAfter(scanDb, from)) head = headOf(transaction);
  return head;
}

const rangeQuery = 'SELECT id, hash FROM transactions WHERE id > ? AND id <= ? ORDER BY id';
const transactionQuery = 'SELECT * FROM transactions WHERE id = ? AND hash = ?';

/** Whether a complete transaction with an id in this range was found that is not in the log of `db`. Yields the number examined. */
export function* hasStrayLink(
  scanDb: Connection,
  db: Connection,
  { after, until }: { after: number; until: number },
): Generator<number, boolean, void> {
  let done = 0;
  for (const { id, hash } of scanDb.all<{ id: number; hash: string }>(rangeQuery, [after, until])) {
    done += 1;
    yield done;
    if (isInLog(db, { id, hash })) continue;
    const transaction = scanDb.get<AuditTransactionRow>(transactionQuery, [id, hash]);
    if (transaction && hasValidHash({ transaction, rows: rowsIn(scanDb, transaction) })) return true;
  }
  return false;
}
