import type { Connection } from '../db/connection.ts';
import type { AuditTransactionRow } from '../db/schema.ts';
import { genesis, none, rowDigest, rowText, TransactionHash } from './chain.ts';
import type { Head } from './head.ts';
import { Problems } from './problems.ts';

type RawRow = [
  id: number,
  actor: string,
  action: 'create' | 'update' | 'delete' | 'restore',
  type: string,
  entity: string,
  university: string | null,
  before: string | null,
  after: string | null,
  meta: string | null,
  salt: string | null,
  digest: string,
  created_at: string,
];

export interface ChainReport {
  ok: boolean;
  transactions: number;
  rows: number;
  head: string;
  problems: string[];
}

const allRows = `SELECT id, actor, action, entity_type, entity_id, university_id, payload_before, payload_after, meta, salt,
  digest, created_at FROM audit_logs ORDER BY id`;
const allTransactions = 'SELECT * FROM audit_transactions ORDER BY id';

/**
 * Walks the log once from the first row to the last: each row's digest against its payloads, each transaction's hash against its
 * rows and its predecessor, and the kept head against the chain. Yields rows done; holds one transaction at a time.
 */
export function* verifyChain(db: Connection, kept: Head | null): Generator<number, ChainReport, void> {
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
      while (!row.done && row.value[0] < end) {
        hashing.add(checkRow(row.value, transaction, problems));
        row = rows.next();
        done += 1;
        if (done % 500 === 0) yield done;
      }
      previous = checkTransaction(transaction, hashing, previous, problems);
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
    problems: problems.list,
  };
}

/** The digest, or null when something in it could be taken for something else: a salt of another length, a NUL for null. */
function digestOf(salt: string | null, before: string | null, after: string | null): string | null {
  return salt?.length !== 32 || standsForNothing(before, after) ? null : rowDigest(salt, before, after);
}

function standsForNothing(left: string | null, right: string | null): boolean {
  return left === none || right === none;
}

/** Checks one row by itself. Returns its text for the transaction's hash. */
function checkRow(row: RawRow, transaction: AuditTransactionRow, problems: Problems): string {
  const [
    id,
    actor,
    action,
    entity_type,
    entity_id,
    university_id,
    before,
    after,
    meta,
    salt,
    digest,
    created_at,
  ] = row;
  const computed = digestOf(salt, before, after);
  if (computed !== digest || standsForNothing(university_id, meta))
    problems.add(`row ${id} does not match its digest: its contents were changed`);
  if (actor !== transaction.actor || created_at !== transaction.created_at) {
    problems.add(`row ${id} names another actor or time than its transaction`);
  }
  return rowText({ id, action, entity_type, entity_id, university_id, meta, digest });
}

function checkTransaction(
  transaction: AuditTransactionRow,
  hashing: TransactionHash,
  previous: string,
  problems: Problems,
): string {
  const { id, params_salt, params, params_digest, hash, previous_hash, changes } = transaction;
  if (hashing.rows !== changes)
    problems.add(`transaction ${id} has ${hashing.rows} rows and should have ${changes}`);
  if (previous_hash !== previous) problems.add(`transaction ${id} does not follow the one before it`);
  const known = digestOf(params_salt, null, params);
  if (known !== params_digest) problems.add(`the label of transaction ${id} was changed`);
  const blank = standsForNothing(transaction.undoes, transaction.redoes);
  if (blank || hashing.finish(transaction) !== hash)
    problems.add(`transaction ${id} does not match its hash`);
  return hash;
}
