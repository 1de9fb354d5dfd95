import { rowText, TransactionHash } from '../log/audit/chain.ts';
import { isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';

const next = 'SELECT * FROM transactions WHERE previous_hash = ?';
const rowsOf = 'SELECT * FROM logs WHERE id >= ? AND id < ? ORDER BY id';

/** A transaction of the log whose rows agree with their hashes. */
export interface Link {
  transaction: AuditTransactionRow;
  rows: AuditLogRow[];
}

/** The transactions that follow a head in an unbroken chain, oldest first. */
export function* linksAfter(found: Connection, from: Head): Generator<Link, void, void> {
  let [hash, due] = [from.hash, from.id + from.changes];
  for (;;) {
    const link = found
      .all<AuditTransactionRow>(next, [hash])
      .map((transaction) => ({ transaction, rows: rowsIn(found, transaction) }))
      .find((one) => one.transaction.id === due && agrees(one));
    if (!link) return;
    yield link;
    ({ hash } = link.transaction);
    due += link.transaction.changes;
  }
}

const rowsIn = (found: Connection, { id, changes }: AuditTransactionRow): AuditLogRow[] =>
  found.all<AuditLogRow>(rowsOf, [id, id + changes]);

function agrees({ transaction, rows }: Link): boolean {
  const hashing = new TransactionHash();
  for (const row of rows) {
    if (row.actor !== transaction.actor || row.created_at !== transaction.created_at) return false;
    hashing.add(rowText(row));
  }
  return rows.length === transaction.changes && hashing.finish(transaction) === transaction.hash;
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
export function reachedFrom(found: Connection, from: Head): Head {
  let head = from;
  for (const { transaction } of linksAfter(found, from)) head = headOf(transaction);
  return head;
}

const between = 'SELECT id, hash FROM transactions WHERE id > ? AND id <= ? ORDER BY id';
const whole = 'SELECT * FROM transactions WHERE id = ? AND hash = ?';

/** Whether a complete transaction with an id in this range was found that is not in the log of `db`. Yields the number examined. */
export function* strayLinks(
  found: Connection,
  db: Connection,
  { after, until }: { after: number; until: number },
): Generator<number, boolean, void> {
  let done = 0;
  for (const { id, hash } of found.all<{ id: number; hash: string }>(between, [after, until])) {
    done += 1;
    yield done;
    if (isInLog(db, { id, hash })) continue;
    const transaction = found.get<AuditTransactionRow>(whole, [id, hash]);
    if (transaction && agrees({ transaction, rows: rowsIn(found, transaction) })) return true;
  }
  return false;
}
