import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { AuditLogRow, AuditTransactionRow } from '../db/schema.ts';

/** What the first transaction names as its predecessor. */
export const genesis = '0'.repeat(64);

const unit = '\u001f';
const line = '\u001e';

export type ChainedRow = Omit<AuditLogRow, 'payload_before' | 'payload_after' | 'salt'>;
export type ChainedHeader = Omit<AuditTransactionRow, 'params' | 'params_salt' | 'hash' | 'changes'>;

export type Digester = (salt: Buffer, before: string | null, after: string | null) => Buffer;

/**
 * Makes the function for a row's digest: SHA-256 over its salt (16 bytes), the payload before, a newline and the payload
 * after, where an absent payload counts as empty; JSON text holds no raw newline, so the two cannot be confused.
 * The returned function reuses one buffer and is not for two threads.
 */
export function createDigester(): Digester {
  const scratch = Buffer.allocUnsafe(64 * 1024);
  return (salt, before, after) => {
    const characters = (before?.length ?? 0) + (after?.length ?? 0);
    if (characters * 3 + 64 > scratch.length) {
      const long = createHash('sha256').update(salt);
      return long
        .update(before ?? '')
        .update('\n')
        .update(after ?? '')
        .digest();
    }
    let end = salt.copy(scratch, 0);
    if (before) end += scratch.write(before, end, 'utf8');
    scratch[end++] = 10;
    if (after) end += scratch.write(after, end, 'utf8');
    return hash('sha256', scratch.subarray(0, end), 'buffer');
  };
}

/** One row as the transaction's hash sees it: everything but its payloads and salt, for which the digest stands. */
export function rowText(row: ChainedRow): string {
  return (
    row.id +
    unit +
    row.actor +
    unit +
    row.action +
    unit +
    row.entity_type +
    unit +
    row.entity_id +
    unit +
    (row.university_id ?? '') +
    unit +
    (row.meta ?? '') +
    unit +
    row.created_at +
    unit +
    row.digest.toString('hex')
  );
}

/**
 * A transaction's hash, SHA-256 as hex: over its rows in order, then its own facts with the previous hash and the number of
 * rows. Rows come first so that a transaction of any size is hashed as it is written.
 */
export class TransactionHash {
  #text = '';
  #hash: Hash | undefined;
  #rows = 0;

  /** Rows that have been added. */
  get rows(): number {
    return this.#rows;
  }

  add(row: string, count = 1): void {
    this.#rows += count;
    this.#text += row + line;
    if (this.#text.length < 32_768) return;
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#text);
    this.#text = '';
  }

  finish(header: ChainedHeader): string {
    const facts = [
      header.previous_hash,
      header.id,
      header.label,
      header.params_digest.toString('hex'),
      header.actor,
      header.op_id,
      header.replica,
      header.hlc,
      header.created_at,
      header.undoes ?? '',
      header.redoes ?? '',
      this.#rows,
    ];
    const rest = this.#text + facts.join(unit);
    return this.#hash ? this.#hash.update(rest).digest('hex') : hash('sha256', rest, 'hex');
  }
}
