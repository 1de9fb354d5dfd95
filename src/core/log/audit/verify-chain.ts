import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { hash } from 'node:crypto';
import type { Connection } from '../../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../../kernel/db/schema.ts';
import { genesis, nullMarker, rowDigest, TransactionHash } from './chain.ts';
import { readErasedRows, remainderDigest } from './erased-rows.ts';
import type { ErasedRows } from './erased-rows.ts';
import type { Head } from './head.ts';
import { Problems } from './problems.ts';

/**
 * A log row with hash inputs built by SQLite, which is faster than building them here. `text` is the input of the transaction's hash (see `rowText`).
 * An input is null or empty if it would be ambiguous: a salt of the wrong length, or a NUL in a value.
 */
type RawRow = [
  id: number,
  digestInput: string | null,
  digest: string,
  text: string,
  author: string,
  /** Remaining text after an erasure; null if the row has its salt. */
  remainder: string | null,
];

export interface ChainReport {
  ok: boolean;
  transactions: number;
  rows: number;
  head: string;
  /** Whether a recorded head was available. An empty log needs none. */
  kept: boolean;
  problems: Sentence[];
}

const unitSql = 'char(31)';
const nullAsNul = (column: string): string => `coalesce(${column}, char(0))`;
const isUnambiguous = (column: string): string => `coalesce(${column} <> char(0), 1)`;
const joinWithUnits = (columns: readonly string[]): string => columns.join(` || ${unitSql} || `);
const rowsQuery = `SELECT id,
  CASE WHEN octet_length(salt) = 32 AND ${isUnambiguous('payload_before')} AND ${isUnambiguous('payload_after')}
    THEN salt || ${nullAsNul('payload_before')} || char(10) || ${nullAsNul('payload_after')} END,
  digest,
  CASE WHEN ${isUnambiguous('university_id')} AND ${isUnambiguous('meta')}
    THEN ${joinWithUnits(['id', 'action', 'entity_type', 'entity_id', nullAsNul('university_id'), nullAsNul('meta'), 'digest'])} ELSE '' END,
  ${joinWithUnits(['actor', 'created_at'])},
  CASE WHEN salt IS NULL AND ${isUnambiguous('payload_before')} AND ${isUnambiguous('payload_after')}
    THEN ${nullAsNul('payload_before')} || char(10) || ${nullAsNul('payload_after')} END
  FROM audit_logs ORDER BY id`;
const transactionsQuery = 'SELECT * FROM audit_transactions ORDER BY id';

/**
 * Verifies the log in one pass. Checks each row against its digest, each transaction against its hash and predecessor, and the chain
 * against the recorded head. Checks emptied rows against the remainder that their erasure recorded. Yields the number of rows done; holds one
 * transaction in memory. Pass `erased` for a copy that was rolled back to before its erasures.
 */
export function* verifyChain(
  db: Pick<Connection, 'raw'>,
  recordedHead: Head | null,
  erased: ErasedRows = readErasedRows(db),
): Generator<number, ChainReport, void> {
  const problems = new Problems();
  const rows = db.raw.prepare(rowsQuery).raw(true).iterate() as IterableIterator<RawRow>;
  let row = rows.next();
  let rowsDone = 0;
  let transactionCount = 0;
  let previousHash = genesis;
  let isRecordedHeadFound = recordedHead === null || recordedHead.id === 0;
  try {
    const transactions = db.raw.prepare(transactionsQuery).iterate() as IterableIterator<AuditTransactionRow>;
    for (const transaction of transactions) {
      transactionCount += 1;
      const { id } = transaction;
      const transactionHash = new TransactionHash();
      while (!row.done && row.value[0] < id) {
        problems.add(clause('strayRow', { row: row.value[0] }));
        row = rows.next();
      }
      if (row.done || row.value[0] !== id) problems.add(clause('firstRow', { id }));
      const end = id + transaction.changes;
      const author = `${transaction.actor}\u001f${transaction.created_at}`;
      while (!row.done && row.value[0] < end) {
        transactionHash.add(checkRow(row.value, author, erased, problems));
        row = rows.next();
        rowsDone += 1;
        if (rowsDone % 500 === 0) yield rowsDone;
      }
      previousHash = checkTransaction(transaction, transactionHash, previousHash, erased, problems);
      if (recordedHead && id === recordedHead.id && transaction.hash === recordedHead.hash)
        isRecordedHeadFound = true;
      if (transactionCount % 500 === 0) yield rowsDone;
    }
    while (!row.done) {
      problems.add(clause('strayRow', { row: row.value[0] }));
      row = rows.next();
    }
  } finally {
    rows.return?.();
  }
  if (!isRecordedHeadFound) problems.add(clause('end', { id: recordedHead?.id ?? 0 }));
  return {
    ok: problems.list.length === 0,
    transactions: transactionCount,
    rows: rowsDone,
    head: previousHash,
    kept: recordedHead !== null || transactionCount <= 1,
    problems: problems.list,
  };
}

function checkRow(row: RawRow, author: string, erased: ErasedRows, problems: Problems): string {
  const [id, digestInput, digest, text, rowAuthor, remainder] = row;
  const expected = erased.rows.get(id);
  const computedDigest = digestInput === null ? null : hash('sha256', digestInput, 'hex');
  if (expected !== undefined) {
    const remainderHash = remainder === null ? null : hash('sha256', remainder, 'hex');
    if (remainderHash !== expected) problems.add(clause('erasure', { row: id }));
  } else if (computedDigest !== digest) problems.add(clause('digest', { row: id }));
  if (rowAuthor !== author) problems.add(clause('author', { row: id }));
  return text;
}

function checkTransaction(
  transaction: AuditTransactionRow,
  transactionHash: TransactionHash,
  previousHash: string,
  erased: ErasedRows,
  problems: Problems,
): string {
  const { id, params_salt, params, params_digest, previous_hash, changes } = transaction;
  if (transactionHash.rowCount !== changes)
    problems.add(clause('rows', { id, has: transactionHash.rowCount, should: changes }));
  if (previous_hash !== previousHash) problems.add(clause('order', { id }));
  const expected = erased.labels.get(id);
  const isVerifiable = params_salt?.length === 32 && params !== nullMarker;
  const digest = isVerifiable ? rowDigest(params_salt, null, params) : null;
  const isIntact =
    expected === undefined
      ? digest === params_digest
      : params_salt === null && params !== nullMarker && remainderDigest(null, params) === expected;
  if (!isIntact) problems.add(clause('label', { id }));
  const isAmbiguous = transaction.undoes === nullMarker || transaction.redoes === nullMarker;
  if (isAmbiguous || transactionHash.finish(transaction) !== transaction.hash)
    problems.add(clause('hash', { id }));
  return transaction.hash;
}
