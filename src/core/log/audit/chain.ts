import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { AuditLogRow, AuditTransactionRow } from '../../kernel/db/schema.ts';

/** The `previous_hash` of the first transaction. */
export const genesis = '0'.repeat(64);

const unitSeparator = '\u001f';
const recordSeparator = '\u001e';
/** Encodes null, as opposed to an empty text. No stored text contains it. */
export const nullMarker = '\u0000';

/** Rows omit actor and time: the header's hash covers them, and verification compares them per row. */
export type ChainedRow = Omit<
  AuditLogRow,
  'payload_before' | 'payload_after' | 'salt' | 'actor' | 'created_at'
>;
export type ChainedHeader = Omit<AuditTransactionRow, 'params' | 'params_salt' | 'hash' | 'changes'>;

/**
 * A row's digest as hex: SHA-256 of its salt (32 hex digits), the payload before, a newline and the payload after. NUL encodes a missing
 * payload. The encoding is unambiguous, because stored JSON text contains neither a newline nor a NUL.
 */
export function rowDigest(salt: string, before: string | null, after: string | null): string {
  return hash('sha256', `${salt}${before ?? nullMarker}\n${after ?? nullMarker}`, 'hex');
}

/** A row as input of the transaction's hash. The digest represents payloads and salt. */
export function rowText(row: ChainedRow): string {
  const { id, action, entity_type, entity_id, university_id, meta, digest } = row;
  return `${id}${unitSeparator}${action}${unitSeparator}${entity_type}${unitSeparator}${entity_id}${unitSeparator}${university_id ?? nullMarker}${unitSeparator}${meta ?? nullMarker}${unitSeparator}${digest}`;
}

/**
 * A transaction's SHA-256 hash as hex, over its rows in order, then its header, the previous hash and the number of rows. Rows come first, so that a
 * transaction of any size is hashed as it is written.
 */
export class TransactionHash {
  #pendingText = '';
  #hash: Hash | undefined;
  #rowCount = 0;

  get rowCount(): number {
    return this.#rowCount;
  }

  add(row: string, count = 1): void {
    this.#rowCount += count;
    this.#pendingText += row + recordSeparator;
    if (this.#pendingText.length < 32_768) return;
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#pendingText);
    this.#pendingText = '';
  }

  finish(header: ChainedHeader): string {
    const fields = [
      header.previous_hash,
      header.id,
      header.label,
      header.params_digest,
      header.actor,
      header.op_id,
      header.replica,
      header.hlc,
      header.created_at,
      header.undoes ?? nullMarker,
      header.redoes ?? nullMarker,
      this.#rowCount,
    ];
    const lastText = this.#pendingText + fields.join(unitSeparator);
    return this.#hash ? this.#hash.update(lastText).digest('hex') : hash('sha256', lastText, 'hex');
  }
}
