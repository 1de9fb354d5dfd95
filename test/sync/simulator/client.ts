import type { User } from '#shared/contract/server/users.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import { valueOf } from '#shared/domain/patch.ts';
import type { SyncedType, SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { ContentPart, moveContent, withPrivateStore } from '#core/kernel/files/contents.ts';
import type { ContentFiles } from '#core/kernel/files/contents.ts';
import type { Log } from '#core/kernel/logger.ts';
import { createIds, createSalts } from '#core/kernel/system.ts';
import type { Clock } from '#core/kernel/system.ts';
import { WriteQueue } from '#core/log/commands/write-queue.ts';
import { locateIn } from '#core/log/records/locate.ts';
import type { RecordWriter } from '#core/log/records/record-writer.ts';
import { Singletons } from '#core/model/services.ts';
import type { Services } from '#core/model/services.ts';
import { downloadContent } from '#core/sync/fetch-file.ts';
import { localLabels, pendingTransactions } from '#core/sync/outgoing.ts';
import type { Remote } from '#core/sync/remote.ts';
import { pullChanges, syncOnce } from '#core/sync/round.ts';
import { changeState, joinedState, readState, writeState } from '#core/sync/state.ts';
import { uploadFiles } from '#core/sync/upload-files.ts';
import type { SyncState } from '#core/sync/state.ts';
import { seededRandom } from '#test/support/seeded.ts';
import { ClientIndex } from './indexed.ts';
import type { Dice } from './random.ts';

/** A transaction that a person made. */
export interface Made {
  op_id: string;
  replica: string;
  /** By its author's clock, in milliseconds. */
  created_at: number;
  rows: SyncRow[];
}

/** A transaction of a client's log. */
export interface Logged {
  id: number;
  op_id: string;
  isLocal: boolean;
  rows: SyncRow[];
}

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** An empty workspace of the current schema, as an image of its file. */
export async function emptyWorkspace(): Promise<Buffer> {
  const db = openConnection(':memory:', { mode: 'write', log });
  await migrateTo(db, schemaVersion);
  db.exec('CREATE TABLE effects (job TEXT NOT NULL, attempt INTEGER NOT NULL)');
  const image = db.raw.serialize();
  db.close();
  return image;
}

interface ClientParts {
  user: User;
  image: Buffer;
  seed: number;
  /** By the client's clock, in milliseconds. */
  clock: () => number;
  /** Called before each write and each commit; throws to crash the client. */
  permit: () => void;
  /** Where its files of documents are; none by default. */
  folder?: string;
}

const logOf = `SELECT t.id, t.op_id, t.label, l.action, l.entity_type, l.entity_id, l.payload_before, l.payload_after
  FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes WHERE l.entity_type IN ('team', 'document') ORDER BY l.id`;

/** One workspace with the shipped sync, in memory. */
export class Client {
  readonly name: string;
  readonly clock: () => number;
  readonly files: ContentFiles;
  readonly #source: Services['source'];
  readonly #permit: () => void;
  #db: Connection;
  #services: Services;
  readonly index = new ClientIndex(() => this.#db, log);
  /** Of its refresh token, which is no part of the workspace. */
  turn = 1;
  /** All operations that people made here, whatever became of the file. */
  readonly everMade = new Map<string, Made>();

  constructor({ user, image, seed, clock, permit, folder = '' }: ClientParts) {
    this.name = user.id;
    this.clock = clock;
    this.#permit = permit;
    this.files = { documents: join(folder, user.id) };
    // Time that never elapses keeps the queue from yielding to the event loop.
    const still: Clock = { now: clock, elapsed: () => 0 };
    const random = seededRandom(seed);
    this.#source = {
      replica: user.id,
      clock: still,
      ids: createIds(still, random),
      salt: createSalts(random),
    };
    [this.#db, this.#services] = this.#open(image);
    if (readState(this.#db)) changeState(this.#db.write, { user });
  }

  #open(image: Buffer): [Connection, Services] {
    const db = openConnection(image, { mode: 'write', log });
    const queue = new WriteQueue({
      connection: db,
      source: this.#source,
      holders: { startWrite: () => () => {}, writer: () => null, others: () => [] } as never,
      log,
      assertWritable: this.#permit,
      onCommit() {},
    });
    const files = this.files as Services['files'];
    const singletons = new Singletons(db);
    const services: Partial<Services> = { read: db, queue, source: this.#source, log, files, singletons };
    return [db, services as Services];
  }

  /** Of the workspace as it is now, for its jobs. */
  services(): Pick<Services, 'read' | 'queue' | 'source'> {
    return this.#services;
  }

  /** Its file as it is now. */
  image(): Buffer {
    return this.#db.raw.serialize();
  }

  restore(image: Buffer): void {
    this.#db.close();
    [this.#db, this.#services] = this.#open(image);
  }

  indexProblems(): string[] {
    return this.index.problems(this.records()).map((problem) => `${this.name}: ${problem}`);
  }

  close(): void {
    this.index.close();
    this.#db.close();
  }

  get state(): SyncState {
    return joinedState(this.#db);
  }

  /** Joins a server whose records it has not yet. */
  join(user: User, hello: Awaited<ReturnType<Remote['sync']['hello']>>): void {
    const { server_id, generation, head, scope } = hello;
    writeState(this.#db.write, {
      url: '',
      user,
      share: 'all',
      server_id,
      generation,
      scope,
      foreign: 0,
      settled: 0,
      cursor: { seq: 0, hash: serverGenesis },
      snapshot: { after: '', head },
      rewound: false,
      paused: false,
      diverged: false,
      in_step: false,
      compared: null,
      last_sync: null,
    });
  }

  async round(remote: Remote, isForNews: boolean): Promise<void> {
    const parts = {
      services: this.#services,
      remote,
      onProgress: () => {},
      signal: new AbortController().signal,
    };
    await (isForNews ? pullChanges(parts) : syncOnce(parts));
    if (!isForNews) await uploadFiles(parts);
  }

  /** Downloads a file. */
  async fetch(remote: Remote, sha256: string): Promise<void> {
    const service = { callServer: <T>(work: (server: Remote) => Promise<T>) => work(remote) };
    const pace = { onProgress: () => {}, signal: new AbortController().signal };
    await downloadContent(service as Parameters<typeof downloadContent>[0], this.files, sha256, pace);
  }

  /** The hashes of files that a document names. */
  namedFiles(): string[] {
    return this.#db.column<string>(
      `SELECT DISTINCT payload ->> '$.file.sha256' AS sha256 FROM documents WHERE deleted_at IS NULL ORDER BY sha256`,
    );
  }

  pending(): { id: number; op_id: string }[] {
    return pendingTransactions(this.#db, this.state);
  }

  /** Operations that the server refused. */
  quarantine(): Set<string> {
    return new Set(
      this.#db.column<string>('SELECT op_id FROM sync_quarantine JOIN audit_transactions USING (id)'),
    );
  }

  records(): Map<string, SyncRecord> {
    const rows = this.#db.all<{ type: SyncedType; id: string; payload: string; deleted_at: string | null }>(
      `SELECT 'team' AS type, id, payload, deleted_at FROM teams UNION ALL SELECT 'document', id, payload, deleted_at FROM documents`,
    );
    return new Map(
      rows.map(({ type, id, payload, deleted_at }) => [
        id,
        { type, payload: JSON.parse(payload) as JsonObject, deleted: deleted_at !== null },
      ]),
    );
  }

  log(): Logged[] {
    type Row = { id: number; op_id: string; label: string; action: SyncRow['action'] } & Record<
      'entity_id' | 'payload_before' | 'payload_after',
      string
    > & { entity_type: SyncedType };
    const logged = new Map<number, Logged>();
    for (const row of this.#db.all<Row>(logOf)) {
      const { id, op_id, label, action, entity_type, entity_id, payload_before, payload_after } = row;
      const found = logged.get(id);
      const isLocal = (localLabels as readonly string[]).includes(label);
      const transaction = found ?? { id, op_id, isLocal, rows: [] };
      if (!found) logged.set(id, transaction);
      const [before = null, after = null] = [payload_before, payload_after].map(
        (text) => JSON.parse(text ?? 'null') as JsonObject | null,
      );
      transaction.rows.push({ action, type: entity_type, id: entity_id, before, after });
    }
    return [...logged.values()];
  }

  /** A person changes one record or two. Their permissions are left to the server. */
  async edit(
    dice: Dice,
    universe: readonly string[],
    fields: readonly string[],
    life: number,
  ): Promise<void> {
    const ids = [...new Set([dice.pick(universe), ...(dice.chance(0.25) ? [dice.pick(universe)] : [])])];
    const session = { profile: this.name, requestId: 'edit' };
    const op_id = await this.#services.queue.command(session, ({ records, audit }) => {
      audit.copyLabel('record.update', {});
      for (const id of ids) this.#change(records, dice, { id, fields, life });
      return audit.changes > 0 ? audit.op_id : null;
    });
    this.#rememberMade(op_id);
  }

  #rememberMade(op_id: string | null): void {
    const made = op_id === null ? undefined : this.log().at(-1);
    if (!made) return;
    this.everMade.set(made.op_id, { ...made, replica: this.name, created_at: this.clock() });
  }

  /** A person attaches a file to a document, or replaces its file. */
  async attach(id: string, bytes: Buffer): Promise<void> {
    const sha256 = hash('sha256', bytes);
    await withPrivateStore(this.files, async (store) => {
      await using part = await ContentPart.create(store);
      await part.write(bytes);
      await part.moveIntoStore(sha256);
      await moveContent(store, this.files, sha256);
    });
    const file = { sha256, name: 'a.txt', bytes: bytes.length, media_type: 'text/plain' };
    const session = { profile: this.name, requestId: 'attach' };
    const op_id = await this.#services.queue.command(session, ({ records, audit }) => {
      audit.copyLabel('document.update', {});
      const current = locateIn(this.#db, 'document', id);
      const university_id = `u${id.slice(-1)}`;
      if (!current)
        records.create({ type: 'document', id, payload: { name: id, university_id, record_ids: [], file } });
      else if (current.deleted) records.restore(current);
      else records.update(current, { file });
      return audit.changes > 0 ? audit.op_id : null;
    });
    this.#rememberMade(op_id);
  }

  #change(
    records: RecordWriter,
    dice: Dice,
    { id, fields, life }: { id: string; fields: readonly string[]; life: number },
  ): void {
    const current = locateIn(this.#db, 'team', id);
    const university = `u${id.slice(-1)}`;
    const field = dice.pick(fields);
    if (!current) {
      const payload = { name: id, university_id: university, [field]: dice.below(5) };
      records.create({ type: 'team', id, payload });
    } else if (current.deleted) {
      if (dice.chance(0.5)) records.restore(current);
    } else if (dice.chance(0.15)) records.remove(current);
    else if (dice.chance(0.2)) records.update(current, {}, [field]);
    else {
      const value = `${this.name}${life}${dice.below(4)}`;
      if (valueOf(current.payload, field) !== value) records.update(current, { [field]: value });
    }
  }
}
