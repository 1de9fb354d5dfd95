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

const transactions = 'SELECT id, changes, created_at, previous_hash, hash FROM transactions ORDER BY id DESC';
const upTo = 'SELECT id, changes, hash FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const logs = 'SELECT id, salt, digest FROM logs ORDER BY id DESC';
const logged = 'SELECT 1 AS one FROM audit_logs WHERE id = :id AND salt IS :salt AND digest = :digest';
const made = 'SELECT max(id) AS id FROM audit_logs WHERE entity_id = :id AND created_at = :updated_at';

/**
 * Id of the last row of the log in `db` that the file is known to have had, judged by its own log or by a record in the state which that
 * row left. 0 if unknown.
 */
export function lastCommon(db: Connection, found: Connection): number {
  let last = Math.max(lastOfTransactions(db, found), lastOfLogs(db, found));
  for (const row of found.iterate<{ id: string; updated_at: string }>('SELECT id, updated_at FROM records'))
    last = Math.max(last, madeBy(db, row));
  return last;
}

/** Id of the row of the log in `db` that gave a record its state of that time (ISO 8601); 0 if none. */
export const madeBy = (db: Connection, { id, updated_at }: { id: string; updated_at: string }): number =>
  db.get<{ id: number | null }>(made, { id, updated_at })?.id ?? 0;

function lastOfTransactions(db: Connection, found: Connection): number {
  for (const { id, hash, previous_hash } of found.iterate<Transaction>(transactions)) {
    const one = db.get<Transaction>(upTo, [id]);
    if (one?.id === id && one.hash === hash) return endOf(one);
    const before = db.get<Transaction>(upTo, [id - 1]);
    if (before?.hash === previous_hash) return endOf(before);
  }
  return 0;
}

function lastOfLogs(db: Connection, found: Connection): number {
  for (const row of found.iterate<{ id: number; salt: string | null; digest: string }>(logs))
    if (db.get(logged, row)) return row.id;
  return 0;
}

const endOf = ({ id, changes }: Pick<Head, 'id' | 'changes'>): number => id + changes - 1;

/** Whether the file is only an older copy: all of its log was read and is the beginning of the one in `db`, which reaches `head`. */
export function olderIn(db: Connection, found: Connection, head: Head): SalvageReport['older'] {
  const last = found.get<Transaction>(`${transactions} LIMIT 1`);
  if (!last || last.id >= head.id) return undefined;
  const beyond = found.get('SELECT 1 AS one FROM logs WHERE id > ? LIMIT 1', [endOf(last)]);
  const same = db.get<Transaction>(upTo, [last.id])?.hash === last.hash;
  return same && !beyond ? { until: last.created_at } : undefined;
}
