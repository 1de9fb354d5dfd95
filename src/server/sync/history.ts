import { hash, randomBytes } from 'node:crypto';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationText } from '#shared/sync/chain.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type {
  ErasedRows,
  HistoryEntry,
  ServerRow,
  StoredRow,
  StoredTransaction,
  SyncStorage,
} from './storage.ts';

type Head = Pick<ServerRow, 'head_seq' | 'head_hash' | 'next_row'>;

/** SHA-256 as hex of the payloads of a row. A salt comes first, unless the row was emptied. */
export const payloadDigest = (salt: string, before: JsonObject | null, after: JsonObject | null): string =>
  hash('sha256', `${salt}${canonicalJson(before)}\n${canonicalJson(after)}`, 'hex');

/** The text whose hash is the `body` of an operation: its rows with their digests, and its erasure. */
export function bodyText(
  rows: readonly Pick<StoredRow, 'id' | 'action' | 'type' | 'entity_id' | 'universities' | 'digest'>[],
  erased: ErasedRows | null,
): string {
  const lines = rows.map(({ id, action, type, entity_id, universities, digest }) =>
    [id, action, type, entity_id, universities.join(','), digest].join('\u001f'),
  );
  const erasure =
    erased === null ? [] : [`erased\u001f${hash('sha256', canonicalJson(erased as never), 'hex')}`];
  return [...lines, ...erasure].join('\u001e');
}

/** Adds operations to the history. The caller holds the history lock until the commit, so that numbers follow commit order. */
export class HistoryWriter {
  readonly #storage: SyncStorage;
  readonly #time: string;
  #head: Head;
  readonly generation: string;
  readonly #transactions: StoredTransaction[] = [];
  readonly #rows: StoredRow[] = [];
  #salts = '';

  constructor(
    storage: SyncStorage,
    row: Pick<ServerRow, 'generation' | 'head_seq' | 'head_hash' | 'next_row'>,
    time: string,
  ) {
    this.#storage = storage;
    this.#time = time;
    this.#head = row;
    this.generation = row.generation;
  }

  /** The caller must hold the history lock. */
  static async begin(storage: SyncStorage, time: string): Promise<HistoryWriter> {
    return new HistoryWriter(storage, await storage.readServer(), time);
  }

  get seq(): number {
    return this.#head.head_seq;
  }

  /** Draws many salts at once, because a call for each would cost more than its digest. */
  #drawSalt(): string {
    if (this.#salts === '') this.#salts = randomBytes(16 * 256).toString('hex');
    const salt = this.#salts.slice(0, 32);
    this.#salts = this.#salts.slice(32);
    return salt;
  }

  /** Returns the operation's number. */
  add(entry: HistoryEntry): number {
    const {
      op_id,
      actor,
      replica,
      hlc,
      stamp,
      created_at,
      label,
      params,
      undoes,
      redoes,
      recovers,
      content,
      seen,
    } = entry;
    const seq = this.#head.next_row;
    const erased = entry.erased ?? null;
    const storedRows: StoredRow[] = [];
    for (const [index, row] of entry.rows.entries()) {
      const salt = this.#drawSalt();
      const { action, type, id, universities, before, after } = row;
      const digest = payloadDigest(salt, before, after);
      const storedRow = {
        id: seq + index,
        actor,
        action,
        type,
        entity_id: id,
        universities,
        before,
        after,
        salt,
        digest,
      };
      storedRows.push(storedRow);
      this.#rows.push(storedRow);
    }
    const changes = entry.rows.length;
    const body = hash('sha256', bodyText(storedRows, erased), 'hex');
    const previous_hash = this.#head.head_hash;
    const hashedFields = { previous_hash, seq, op_id, replica, actor, stamp, label, created_at, body };
    const head_hash = hash('sha256', operationText(hashedFields), 'hex');
    this.#transactions.push({
      id: seq,
      label,
      params,
      actor,
      op_id,
      replica,
      hlc,
      stamp,
      created_at,
      undoes,
      redoes,
      recovers,
      content,
      changes,
      body,
      previous_hash,
      seen_seq: seen?.seq ?? null,
      seen_hash: seen?.hash ?? null,
      conflicts: entry.conflicts,
      erased,
      hash: head_hash,
    });
    this.#head = { head_seq: seq, head_hash, next_row: seq + Math.max(1, changes) };
    return seq;
  }

  async finish(): Promise<void> {
    if (this.#transactions.length > 0) await this.#append(this.#head);
  }

  /** Writes the added operations without the new head. */
  writeWithoutHead(): Promise<void> {
    return this.#append(null);
  }

  #append(head: Head | null): Promise<void> {
    return this.#storage.appendHistory(
      { transactions: this.#transactions, rows: this.#rows },
      head,
      this.#time,
    );
  }
}
