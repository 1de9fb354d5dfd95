import type { LabelCode, LabelParams } from '#shared/texts/labels.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteHandle } from '../../kernel/db/connection.ts';
import { isoTime } from '../../kernel/system.ts';
import type { Clock, Ids } from '../../kernel/system.ts';
import { rowDigest, rowText, TransactionHash } from './chain.ts';
import { laterTimestamp, nextTimestamp } from '#shared/sync/clock.ts';
import { readHead } from './head.ts';
import type { Head } from './head.ts';

/** One change of a record, with payloads as JSON text. An update holds only the changed fields, in `before` and `after`. */
export interface Change {
  action: 'create' | 'update' | 'delete' | 'restore';
  type: AuditedType;
  id: string;
  university: string | null;
  before: string | null;
  after: string | null;
  meta?: string | null;
}

export interface AuditSource {
  replica: string;
  clock: Clock;
  ids: Ids;
  salt: () => string;
}

/** Identifies a transaction of another replica. */
export interface Origin {
  op_id: string;
  replica: string;
  /** The replica's hybrid logical clock reading. Our next reading is later. */
  stamp: string;
}

export interface Label {
  code: string;
  params: JsonObject;
}

const rowColumns =
  '(id, actor, action, entity_type, entity_id, university_id, payload_before, payload_after, meta, salt, digest, created_at)';
const rowPlaceholders = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const insertRowSql = `INSERT INTO audit_logs ${rowColumns} VALUES ${rowPlaceholders}`;
const rowsPerBatch = 50;
const creationPlaceholders = `(?, :actor, 'create', ?, ?, ?, NULL, ?, NULL, ?, ?, :time)`;
const valuesPerCreation = 7;
const insertCreationsSql = (count: number): string =>
  `INSERT INTO audit_logs ${rowColumns} VALUES ${Array.from({ length: count }, () => creationPlaceholders).join(', ')}`;
const [insertCreationSql, insertBatchSql] = [insertCreationsSql(1), insertCreationsSql(rowsPerBatch)];
const insertTransactionSql = `INSERT INTO audit_transactions
  (id, label, params, params_salt, params_digest, actor, op_id, replica, hlc, created_at, undoes, redoes, changes, previous_hash, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** One audit transaction, with its changes in one database transaction. Its id is the id of its first row. */
export class AuditTransaction {
  readonly time: string;
  readonly op_id: string;
  readonly #db: WriteHandle;
  readonly #source: AuditSource;
  readonly #actor: string;
  readonly #head: Head;
  readonly #replica: string;
  readonly #latestReading: string | null;
  readonly #id: number;
  readonly #hash = new TransactionHash();
  readonly #pendingValues: (string | number | null)[] = [];
  #nextRowId: number;
  #label: Label = { code: 'change', params: {} };
  #agent: string | undefined;
  #undoes: string | null = null;
  #redoes: string | null = null;
  #nowMs: number;

  /** `head` is the log's head, if already known in this database transaction. `origin` is set for a transaction from another replica. */
  constructor(
    db: WriteHandle,
    source: AuditSource,
    actor: string,
    head: Head = readHead(db),
    origin: Origin | null = null,
  ) {
    this.#db = db;
    this.#source = source;
    this.#actor = actor;
    this.#head = head;
    this.#id = this.#head.id + this.#head.changes;
    this.#nextRowId = this.#id;
    this.#nowMs = source.clock.now();
    this.time = isoTime(this.#nowMs);
    this.op_id = origin?.op_id ?? source.ids.uuid();
    this.#replica = origin?.replica ?? source.replica;
    this.#latestReading = laterTimestamp(head.hlc, origin?.stamp ?? null);
  }

  get changes(): number {
    return this.#hash.rowCount;
  }

  get labelCode(): string {
    return this.#label.code;
  }

  label<C extends LabelCode>(code: C, params: LabelParams<C>): void {
    this.#label = { code, params: params as JsonObject };
  }

  /** Sets the label of another transaction. Its code can be from another version of FRAMES. */
  copyLabel(code: string, params: JsonObject): void {
    this.#label = { code, params };
  }

  setAgent(name: string | undefined): void {
    this.#agent = name;
  }

  undoes(op_id: string): void {
    this.#undoes = op_id;
  }

  redoes(op_id: string): void {
    this.#redoes = op_id;
  }

  add(change: Change): void {
    const { action, type, id, university, before, after } = change;
    const meta = change.meta ?? null;
    const { row, salt, digest } = this.#hashRow(action, type, id, university, before, after, meta);
    const values = [
      row,
      this.#actor,
      action,
      type,
      id,
      university,
      before,
      after,
      meta,
      salt,
      digest,
      this.time,
    ];
    this.#db.run(insertRowSql, values);
  }

  /** Like `add` for one of many creations: rows are inserted fifty at a time, the rest by `finish`. */
  addCreationLater(type: AuditedType, id: string, university: string | null, after: string): void {
    const { row, salt, digest } = this.#hashRow('create', type, id, university, null, after, null);
    this.#pendingValues.push(row, type, id, university, after, salt, digest);
    if (this.#pendingValues.length >= rowsPerBatch * valuesPerCreation)
      this.#insertCreations(insertBatchSql, rowsPerBatch);
  }

  #insertCreations(statement: string, rows: number): void {
    const values = this.#pendingValues.splice(0, rows * valuesPerCreation);
    this.#db.run(statement, values, { actor: this.#actor, time: this.time });
  }

  #hashRow(
    action: Change['action'],
    entity_type: AuditedType,
    entity_id: string,
    university_id: string | null,
    before: string | null,
    after: string | null,
    meta: string | null,
  ): { row: number; salt: string; digest: string } {
    const salt = this.#source.salt();
    const digest = rowDigest(salt, before, after);
    const row = this.#nextRowId++;
    this.#hash.add(rowText({ id: row, action, entity_type, entity_id, university_id, meta, digest }));
    return { row, salt, digest };
  }

  /** Inserts the pending creations and the transaction's own row. Returns the new head; null, writing nothing, if nothing changed. */
  finish(): Head | null {
    while (this.#pendingValues.length > 0) this.#insertCreations(insertCreationSql, 1);
    if (this.#hash.rowCount === 0) return null;
    const { salt } = this.#source;
    const replica = this.#replica;
    const agent = this.#agent === undefined ? {} : { agent: this.#agent };
    const params = JSON.stringify({ ...this.#label.params, ...agent });
    const params_salt = salt();
    const header = {
      id: this.#id,
      label: this.#label.code,
      params_digest: rowDigest(params_salt, null, params),
      actor: this.#actor,
      op_id: this.op_id,
      replica,
      hlc: nextTimestamp(this.#latestReading, this.#nowMs, replica),
      created_at: this.time,
      undoes: this.#undoes,
      redoes: this.#redoes,
      previous_hash: this.#head.hash,
    };
    const hash = this.#hash.finish(header);
    this.#db.run(insertTransactionSql, [
      header.id,
      header.label,
      params,
      params_salt,
      header.params_digest,
      header.actor,
      header.op_id,
      header.replica,
      header.hlc,
      header.created_at,
      header.undoes,
      header.redoes,
      this.#hash.rowCount,
      header.previous_hash,
      hash,
    ]);
    const { id, op_id, hlc, created_at } = header;
    return { id, op_id, hash, hlc, created_at, changes: this.#hash.rowCount };
  }
}
