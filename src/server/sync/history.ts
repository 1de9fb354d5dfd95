import { hash, randomBytes } from 'node:crypto';
import type { Erasure, PulledConflict } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationText } from '#shared/sync/chain.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Sql } from '../db/database.ts';

export interface ServerRow {
  server_id: string;
  generation: string;
  lineage: { generation: string; seq: number; hash: string }[];
  head_seq: number;
  head_hash: string;
  next_row: number;
}

const selectServer = `SELECT server_id, generation, lineage, head_seq, head_hash, next_row FROM server`;

export async function readServer(sql: Sql): Promise<ServerRow> {
  const row = await sql.get<ServerRow>(selectServer);
  if (!row) throw new Error('the database has no server: "frames serve migrate" was not run');
  return row;
}

export interface HistoryEntry {
  op_id: string;
  actor: string;
  replica: string;
  hlc: string;
  stamp: string;
  created_at: string;
  label: string;
  params: JsonObject;
  undoes: string | null;
  redoes: string | null;
  recovers: string | null;
  /** SHA-256 of the pushed rows; null for operations of the server. */
  content: string | null;
  seen: { seq: number; hash: string } | null;
  rows: readonly (SyncRow & { universities: readonly string[] })[];
  conflicts: readonly PulledConflict[];
  /** Set for an erasure by the server. Its digest is part of the hash, so it cannot be added or changed later. */
  erased?: ErasedRows | null;
}

/** The erased person, and the emptied rows with the digest of what remains of each. */
export interface ErasedRows extends Erasure {
  rows: Record<string, string>;
}

/** SHA-256 as hex of the payloads of a row. A salt comes first, unless the row was emptied. */
export const payloadDigest = (salt: string, before: JsonObject | null, after: JsonObject | null): string =>
  hash('sha256', `${salt}${canonicalJson(before)}\n${canonicalJson(after)}`, 'hex');

interface LoggedRow {
  id: number;
  actor: string;
  action: string;
  type: string;
  entity_id: string;
  universities: readonly string[];
  before: JsonObject | null;
  after: JsonObject | null;
  salt: string;
  digest: string;
}

/** The text that `body` hashes: row digests and the erasure. */
export function bodyText(
  rows: readonly Pick<LoggedRow, 'id' | 'action' | 'type' | 'entity_id' | 'universities' | 'digest'>[],
  erased: ErasedRows | null,
): string {
  const lines = rows.map(({ id, action, type, entity_id, universities, digest }) =>
    [id, action, type, entity_id, universities.join(','), digest].join('\u001f'),
  );
  const erasure =
    erased === null ? [] : [`erased\u001f${hash('sha256', canonicalJson(erased as never), 'hex')}`];
  return [...lines, ...erasure].join('\u001e');
}

/**
 * Writes the history within one transaction. The history lock is taken before the first number and held until the commit. Numbers follow commit order,
 * so a reader never misses a lower one.
 */
export class HistoryWriter {
  readonly #sql: Sql;
  readonly #time: string;
  #head: Pick<ServerRow, 'head_seq' | 'head_hash' | 'next_row'>;
  readonly generation: string;
  readonly #transactions: object[] = [];
  readonly #rows: LoggedRow[] = [];
  #salts = '';

  constructor(
    sql: Sql,
    row: Pick<ServerRow, 'generation' | 'head_seq' | 'head_hash' | 'next_row'>,
    time: string,
  ) {
    this.#sql = sql;
    this.#time = time;
    this.#head = row;
    this.generation = row.generation;
  }

  /** The caller must hold the history lock. */
  static async begin(sql: Sql, time: string): Promise<HistoryWriter> {
    return new HistoryWriter(sql, await readServer(sql), time);
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
    const logged: LoggedRow[] = [];
    for (const [at, row] of entry.rows.entries()) {
      const salt = this.#drawSalt();
      const { action, type, id, universities, before, after } = row;
      const digest = payloadDigest(salt, before, after);
      const loggedRow = {
        id: seq + at,
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
      logged.push(loggedRow);
      this.#rows.push(loggedRow);
    }
    const changes = entry.rows.length;
    const body = hash('sha256', bodyText(logged, erased), 'hex');
    const previous_hash = this.#head.head_hash;
    const facts = { previous_hash, seq, op_id, replica, actor, stamp, label, created_at, body };
    const head_hash = hash('sha256', operationText(facts), 'hex');
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
    if (this.#transactions.length === 0) return;
    const { head_seq, head_hash, next_row } = this.#head;
    await this.#send('UPDATE server SET head_seq = $4, head_hash = $5, next_row = $6', [
      head_seq,
      head_hash,
      next_row,
    ]);
  }

  /** Writes the added operations. */
  async write(): Promise<void> {
    await this.#send('SELECT', []);
  }

  /** Sends as few statements as possible, because they are most of a small change's cost. The first ends with `finalStatement`. */
  async #send(finalStatement: string, values: readonly unknown[]): Promise<void> {
    const [firstBatch = '[]', ...otherBatches] = Array.from(
      { length: Math.ceil(this.#rows.length / maxRows) },
      (_, at) => JSON.stringify(this.#rows.slice(at * maxRows, (at + 1) * maxRows)),
    );
    await Promise.all([
      this.#sql.run(
        `WITH transactions AS (${insertTransactions}), rows AS (${insertRows}) ${finalStatement}`,
        [firstBatch, this.#time, JSON.stringify(this.#transactions), ...values],
      ),
      ...otherBatches.map((rows) => this.#sql.run(insertRows, [rows, this.#time])),
    ]);
  }
}

/** At most this many rows in one statement. */
const maxRows = 2000;

const insertTransactions = `INSERT INTO audit_transactions (id, label, params, actor, op_id, replica, hlc, stamp, created_at, received_at, undoes, redoes,
    recovers, content, seen_seq, seen_hash, changes, conflicts, erased, previous_hash, body, hash)
  SELECT id, label, params, actor, op_id, replica, hlc, stamp, created_at, $2::timestamptz, undoes, redoes, recovers, content,
    seen_seq, seen_hash, changes, conflicts, nullif(erased, 'null'), previous_hash, body, hash
  FROM jsonb_to_recordset($3::jsonb) AS r(id bigint, label text, params jsonb, actor text, op_id text, replica text, hlc text,
    stamp text, created_at timestamptz, undoes text, redoes text, recovers text, content text, seen_seq bigint, seen_hash text, changes integer,
    conflicts jsonb, erased jsonb, previous_hash text, body text, hash text)`;

const insertRows = `INSERT INTO audit_logs (id, actor, action, entity_type, entity_id, universities, payload_before, payload_after, salt, digest, created_at)
  SELECT id, actor, action, type, entity_id, universities, nullif(before, 'null'), nullif(after, 'null'), salt, digest, $2::timestamptz
  FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, actor text, action text, type text, entity_id text, universities text[],
    before jsonb, after jsonb, salt text, digest text)`;
