import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { AuditLogRow, AuditTransactionRow } from '../../kernel/db/schema.ts';

/** What the first transaction names as its predecessor. */
export const genesis = '0'.repeat(64);

const unit = '\u001f';
const line = '\u001e';
/** Stands for null, which is not the same as empty; no text of ours holds it. */
export const none = '\u0000';

/** Actor and time are the transaction's own; verifying compares them row by row, so they need no hashing again. */
export type ChainedRow = Omit<
  AuditLogRow,
  'payload_before' | 'payload_after' | 'salt' | 'actor' | 'created_at'
>;
export type ChainedHeader = Omit<AuditTransactionRow, 'params' | 'params_salt' | 'hash' | 'changes'>;

/**
 * A row's digest as hex: SHA-256 over its salt (32 hex digits), the payload before, a newline and the payload after, where a NUL
 * stands for an absent one; JSON text holds neither as such, so the two cannot be confused.
 */
export function rowDigest(salt: string, before: string | null, after: string | null): string {
  return hash('sha256', `${salt}${before ?? none}\n${after ?? none}`, 'hex');
}

/** One row as the transaction's hash sees it: everything but its payloads and salt, for which the digest stands. */
export function rowText(row: ChainedRow): string {
  const { id, action, entity_type, entity_id, university_id, meta, digest } = row;
  return `${id}${unit}${action}${unit}${entity_type}${unit}${entity_id}${unit}${university_id ?? none}${unit}${meta ?? none}${unit}${digest}`;
}

/**
 * A transaction's hash, SHA-256 as hex: over its rows in order, then its own facts with the previous hash and the number of
 * rows. Rows come first so that a transaction of any size is hashed as it is written.
 */
export class TransactionHash {
  #text = '';
  #hash: Hash | undefined;
  #rows = 0;

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
      header.params_digest,
      header.actor,
      header.op_id,
      header.replica,
      header.hlc,
      header.created_at,
      header.undoes ?? none,
      header.redoes ?? none,
      this.#rows,
    ];
    const rest = this.#text + facts.join(unit);
    return this.#hash ? this.#hash.update(rest).digest('hex') : hash('sha256', rest, 'hex');
  }
}
