import { hash } from 'node:crypto';
import type { Connection } from '../../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../../kernel/db/schema.ts';
import { genesis, none, rowDigest, TransactionHash } from './chain.ts';
import { readErasedRows, remainderDigest } from './erased-rows.ts';
import type { ErasedRows } from './erased-rows.ts';
import type { Head } from './head.ts';
import { Problems } from './problems.ts';

/**
 * A row as walking needs it, put together by SQLite, which is faster at it than we are: what its digest is made of, its digest, what
 * the transaction's hash sees (see `rowText`), and who and when. A text is null, or empty, when it could be taken for another's:
 * a salt of another length, a NUL that stands where there is something.
 */
type RawRow = [
  id: number,
  digested: string | null,
  digest: string,
  text: string,
  author: string,
  /** What an erasure left of the row; null of a row that has its salt. */
  remainder: string | null,
];

export interface ChainReport {
  ok: boolean;
  transactions: number;
  rows: number;
  head: string;
  /** Whether there was a head to compare with; a log in which nothing was done yet needs none. */
  kept: boolean;
  problems: string[];
}

const unit = 'char(31)';
const orNone = (column: string): string => `coalesce(${column}, char(0))`;
const real = (column: string): string => `coalesce(${column} <> char(0), 1)`;
const joined = (columns: readonly string[]): string => columns.join(` || ${unit} || `);
const allRows = `SELECT id,
  CASE WHEN octet_length(salt) = 32 AND ${real('payload_before')} AND ${real('payload_after')}
    THEN salt || ${orNone('payload_before')} || char(10) || ${orNone('payload_after')} END,
  digest,
  CASE WHEN ${real('university_id')} AND ${real('meta')}
    THEN ${joined(['id', 'action', 'entity_type', 'entity_id', orNone('university_id'), orNone('meta'), 'digest'])} ELSE '' END,
  ${joined(['actor', 'created_at'])},
  CASE WHEN salt IS NULL AND ${real('payload_before')} AND ${real('payload_after')}
    THEN ${orNone('payload_before')} || char(10) || ${orNone('payload_after')} END
  FROM audit_logs ORDER BY id`;
const allTransactions = 'SELECT * FROM audit_transactions ORDER BY id';

/**
 * Walks the log once from the first row to the last: each row's digest against its payloads, each transaction's hash against its
 * rows and its predecessor, and the kept head against the chain. A row that an erasure emptied is held against what the erasure left of it.
 * Yields rows done; holds one transaction at a time. `erased` is given for a copy that was rolled back to before its erasures.
 */
export function* verifyChain(
  db: Pick<Connection, 'raw'>,
  kept: Head | null,
  erased: ErasedRows = readErasedRows(db),
): Generator<number, ChainReport, void> {
  const problems = new Problems();
  const rows = db.raw.prepare(allRows).raw(true).iterate() as IterableIterator<RawRow>;
  let row = rows.next();
  let done = 0;
  let count = 0;
  let previous = genesis;
  let keptFound = kept === null || kept.id === 0;
  try {
    const transactions = db.raw.prepare(allTransactions).iterate() as IterableIterator<AuditTransactionRow>;
    for (const transaction of transactions) {
      count += 1;
      const { id } = transaction;
      const hashing = new TransactionHash();
      while (!row.done && row.value[0] < id) {
        problems.add(`row ${row.value[0]} belongs to no transaction`);
        row = rows.next();
      }
      if (row.done || row.value[0] !== id) problems.add(`transaction ${id} has lost its first row`);
      const end = id + transaction.changes;
      const author = `${transaction.actor}\u001f${transaction.created_at}`;
      while (!row.done && row.value[0] < end) {
        hashing.add(checkRow(row.value, author, erased, problems));
        row = rows.next();
        done += 1;
        if (done % 500 === 0) yield done;
      }
      previous = checkTransaction(transaction, hashing, previous, erased, problems);
      if (kept && id === kept.id && transaction.hash === kept.hash) keptFound = true;
      if (count % 500 === 0) yield done;
    }
    while (!row.done) {
      problems.add(`row ${row.value[0]} belongs to no transaction`);
      row = rows.next();
    }
  } finally {
    rows.return?.();
  }
  if (!keptFound)
    problems.add(
      `the log ends before transaction ${kept?.id}, which was its head when it was last written down: its end was cut off`,
    );
  return {
    ok: problems.list.length === 0,
    transactions: count,
    rows: done,
    head: previous,
    kept: kept !== null || count <= 1,
    problems: problems.list,
  };
}

function checkRow(row: RawRow, author: string, erased: ErasedRows, problems: Problems): string {
  const [id, digested, digest, text, written, remainder] = row;
  const left = erased.rows.get(id);
  const computed = digested === null ? null : hash('sha256', digested, 'hex');
  if (left !== undefined) {
    const found = remainder === null ? null : hash('sha256', remainder, 'hex');
    if (found !== left) problems.add(`row ${id} is not what its erasure left of it`);
  } else if (computed !== digest)
    problems.add(`row ${id} does not match its digest: its contents were changed`);
  if (written !== author) problems.add(`row ${id} names another actor or time than its transaction`);
  return text;
}

function checkTransaction(
  transaction: AuditTransactionRow,
  hashing: TransactionHash,
  previous: string,
  erased: ErasedRows,
  problems: Problems,
): string {
  const { id, params_salt, params, params_digest, previous_hash, changes } = transaction;
  if (hashing.rows !== changes)
    problems.add(`transaction ${id} has ${hashing.rows} rows and should have ${changes}`);
  if (previous_hash !== previous) problems.add(`transaction ${id} does not follow the one before it`);
  const left = erased.labels.get(id);
  const usable = params_salt?.length === 32 && params !== none;
  const known = usable ? rowDigest(params_salt, null, params) : null;
  const isIntact =
    left === undefined
      ? known === params_digest
      : params_salt === null && params !== none && remainderDigest(null, params) === left;
  if (!isIntact) problems.add(`the label of transaction ${id} was changed`);
  const blank = transaction.undoes === none || transaction.redoes === none;
  if (blank || hashing.finish(transaction) !== transaction.hash)
    problems.add(`transaction ${id} does not match its hash`);
  return transaction.hash;
}
