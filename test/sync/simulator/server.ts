import { hash } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import type { DigestRange, PushedOperation } from '#shared/contract/server/sync.ts';
import { ServerFault, serverFaults } from '#shared/contract/server/faults.ts';
import type { User } from '#shared/contract/server/users.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import { fingerprintText } from '#shared/sync/fingerprint.ts';
import { patchedFields } from '#shared/domain/patch.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { digestOfRange } from '#core/sync/digest.ts';
import type { RecordFingerprint } from '#core/sync/digest.ts';
import type { Remote } from '#core/sync/remote.ts';
import { turnAfter } from '#server/auth/sessions.ts';
import { lineageAfter } from '#server/backups/replace.ts';
import type { Caller } from '#server/context.ts';
import { checkReportedFile, findMissingFiles, readPart, storePart } from '#server/files/store.ts';
import type { FileStorage } from '#server/files/storage.ts';
import { HistoryWriter } from '#server/sync/history.ts';
import { serverFacts } from '#server/sync/own-operation.ts';
import { pullOperations, readStates, scopeOf } from '#server/sync/pull.ts';
import { pushOperations } from '#server/sync/push.ts';
import type { ServerRecord } from '#server/sync/records.ts';
import type {
  ServerRow,
  StoredRow,
  StoredTransaction,
  SyncStorage,
  SyncStore,
} from '#server/sync/storage.ts';
import { isIntactFile, memoryFiles } from './server-files.ts';
import type { FileTables } from './server-files.ts';

const hashOf = (payload: JsonObject): unknown[] => {
  const { sha256 } = (payload['file'] ?? {}) as JsonObject;
  return sha256 === undefined ? [] : [sha256];
};

/** The tables of the server. Rows and records are replaced, never changed, so a shallow copy is a backup. */
export interface Tables extends FileTables {
  server: ServerRow;
  records: Map<string, ServerRecord>;
  transactions: StoredTransaction[];
  rows: StoredRow[];
}

const emptyTables = (): Tables => ({
  server: {
    server_id: 'server',
    generation: 'g1',
    lineage: [],
    head_seq: 0,
    head_hash: serverGenesis,
    next_row: 1,
  },
  records: new Map(),
  transactions: [],
  rows: [],
  files: new Map(),
  uploads: new Map(),
});

export const copyTables = ({ server, records, transactions, rows, files, uploads }: Tables): Tables => ({
  server: { ...server },
  records: new Map(records),
  transactions: [...transactions],
  rows: [...rows],
  files: new Map(files),
  uploads: new Map(uploads),
});

/** An operation of the history with its rows. */
export interface Entry extends StoredTransaction {
  rows: SyncRow[];
}

type Inputs = { [Call in keyof Remote['sync']]: Parameters<Remote['sync'][Call]>[0] };
export type FileCall = keyof Remote['files'];
type FileInputs = { [Call in FileCall]: Parameters<Remote['files'][Call]>[0] };

/** What crosses the network is JSON. */
export const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The shipped push, pull and session rules over tables in memory. All users see everything; Postgres is tested in `test/server`. */
export class Server {
  tables: Tables;
  readonly users = new Map<string, User>();
  readonly #now: () => number;
  /** At most so many operations in one answer of `pull`, and in one request of `push`. */
  readonly #most: { pulled: number; pushed: number };
  #backup: Tables | null = null;
  #restores = 0;
  /** The turn of each user's refresh token. */
  readonly #turns = new Map<string, number>();
  readonly ended = new Set<string>();

  constructor(now: () => number, most = { pulled: 4, pushed: 200 }, tables = emptyTables()) {
    this.#now = now;
    this.#most = most;
    this.tables = tables;
  }

  get entries(): Entry[] {
    const { transactions, rows } = this.tables;
    return transactions.map((transaction) => {
      const { id, changes } = transaction;
      const own = rows.filter((row) => row.id >= id && row.id < id + changes).map(syncRowOf);
      return { ...transaction, rows: own };
    });
  }

  backUp(): void {
    this.#backup = copyTables(this.tables);
  }

  /** Puts the backup in the place of the tables, as `replaceAll` does in Postgres. */
  restore(): void {
    if (!this.#backup) return;
    const { server: current, transactions, files } = this.tables;
    const known = new Map(transactions.map((one) => [one.id, one.hash]));
    this.tables = copyTables(this.#backup);
    // Intact files stay, because their hash says what they are.
    for (const [id, file] of files) if (isIntactFile(id, file)) this.tables.files.set(id, file);
    const { server } = this.tables;
    const shared = this.tables.transactions.findLast(({ id, hash: own }) => known.get(id) === own);
    const fork = shared ? { seq: shared.id, hash: shared.hash } : { seq: 0, hash: serverGenesis };
    this.#restores += 1;
    this.tables.server = {
      ...server,
      generation: `g1-${this.#restores}`,
      lineage: lineageAfter(server, { ...current, fork }),
    };
  }

  /** The turn of the next refresh token; null if this one is not accepted. */
  refresh(user: string, turn: number): number | null {
    if (this.ended.has(user)) return null;
    const next = turnAfter(turn, this.#turns.get(user) ?? 1);
    if (next === null) this.ended.add(user);
    else this.#turns.set(user, next);
    return next;
  }

  /** Creates records in the name of the server, as it does with people. */
  async create(rows: readonly SyncRow[]): Promise<void> {
    const storage = this.#storage();
    const history = await HistoryWriter.begin(storage, this.#time());
    const changed = rows.map(({ type, id, after }) => {
      const universities = type === 'university' ? [id] : [];
      return { type, id, payload: after as JsonObject, deleted: false, universities, isNew: true };
    });
    await storage.writeRecords({ changed, moved: [] }, this.#time());
    const facts = { op_id: 'seed', actor: 'c0', label: 'seed', params: {}, stamp: '', time: this.#now() };
    history.add({
      ...serverFacts(facts),
      rows: rows.map((row) => ({ ...row, universities: [] })),
      conflicts: [],
    });
    await history.finish();
  }

  /** Answers one call of the API. Throws as a client's connection does. */
  async call(user: string, call: keyof Inputs, input: unknown): Promise<unknown> {
    return this.#answerWith(input, (received) => this.#answer(this.#callerOf(user), call, received));
  }

  /** As `call`, for files. */
  async callFiles(user: string, call: FileCall, input: unknown): Promise<unknown> {
    return this.#answerWith(input, (received) => this.#answerFiles(this.#callerOf(user), call, received));
  }

  async #answerWith(input: unknown, answer: (received: unknown) => unknown): Promise<unknown> {
    try {
      return overTheWire(await answer(overTheWire(input)));
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      const { code, message, data } = error as ServerFault;
      const { status } = serverFaults[code];
      throw new ORPCError(code, { status, message, data, defined: true });
    }
  }

  #answer(caller: Caller, call: keyof Inputs, input: unknown): unknown {
    const { server, records } = this.tables;
    const head = { seq: server.head_seq, hash: server.head_hash };
    const syncStore = this.#store();
    switch (call) {
      case 'hello': {
        const { server_id, generation, lineage } = server;
        const scope = scopeOf(caller, (input as Inputs['hello']).share ?? 'all');
        const user = this.users.get(caller.id);
        const files_damaged = this.#filesDamagedAt();
        return {
          server_id,
          generation,
          lineage,
          head,
          scope,
          user,
          schema: 2,
          now: this.#now(),
          files_damaged,
        };
      }
      case 'push': {
        const pushed = input as { generation: string; clock_offset: number; operations: PushedOperation[] };
        if (pushed.operations.length > this.#most.pushed)
          throw new ServerFault('TOO_LARGE', { limit: this.#most.pushed });
        const services = {
          now: this.#now,
          hints: { publish: () => {} },
          config: { waitingBytes: 0, ownApproval: false },
        };
        return pushOperations({ ...services, syncStore }, caller, pushed);
      }
      case 'pull': {
        const pull = input as Parameters<typeof pullOperations>[2];
        const limit = Math.min(pull.limit, this.#most.pulled);
        return pullOperations({ syncStore }, caller, { ...pull, limit });
      }
      case 'records':
        return readStates({ syncStore }, caller, input as Parameters<typeof readStates>[2]);
      case 'snapshot': {
        const live = [...records].flatMap(([id, { type, payload, deleted }]) =>
          deleted ? [] : [{ type, id, payload, deleted }],
        );
        const ordered = live.toSorted((a, b) => syncedTypes.indexOf(a.type) - syncedTypes.indexOf(b.type));
        return { records: ordered, next: null, total: ordered.length, head };
      }
      case 'digest':
        return { ranges: digestOf(records, input as Inputs['digest']), head };
      case 'erasures':
        return { erasures: [] };
    }
  }

  fileServices(): { fileStorage: FileStorage; now: () => number } {
    const { records } = this.tables;
    const named = (): Set<unknown> =>
      new Set([...records.values()].flatMap(({ deleted, payload }) => (deleted ? [] : hashOf(payload))));
    const fileStorage = memoryFiles(this.tables, (hashes) => {
      const visible = named();
      return hashes.filter((sha256) => visible.has(sha256));
    });
    return { fileStorage, now: this.#now };
  }

  async #answerFiles(caller: Caller, call: FileCall, input: unknown): Promise<unknown> {
    const services = this.fileServices();
    const config = { waitingBytes: Infinity, fileBytes: Infinity };
    switch (call) {
      case 'missing': {
        const { hashes } = input as FileInputs['missing'];
        return { missing: await findMissingFiles(services, caller, hashes) };
      }
      case 'store':
        if (caller.role === 'viewer') throw new ServerFault('FORBIDDEN', { rule: 'role' });
        return {
          complete: await storePart({ ...services, config }, caller, input as FileInputs['store']),
        };
      case 'read':
        return readPart(services, caller, input as { id: string; part: number });
      case 'check':
        return { intact: await checkReportedFile(services, caller, (input as FileInputs['check']).id) };
    }
  }

  #filesDamagedAt(): string | null {
    const times = [...this.tables.files.values()].flatMap(({ damaged_at }) => damaged_at ?? []);
    return times.toSorted().at(-1) ?? null;
  }

  #callerOf(id: string): Caller {
    const { name, email, role, university_id, sees } = this.users.get(id) as User;
    return { id, name, email, role, university_id, sees, session: '', scope_version: 1 };
  }

  #time = (): string => new Date(this.#now()).toISOString();

  #store(): SyncStore {
    return {
      write: async (_acting, work) => {
        const { value, writes: written } = await work(this.#storage());
        await written;
        return value;
      },
      read: (_acting, work) => work(this.#storage()),
    };
  }

  #storage(): SyncStorage {
    return memoryStorage(this.tables);
  }
}

const syncRowOf = ({ action, type, entity_id: id, before, after }: StoredRow): SyncRow =>
  ({ action, type, id, before, after }) as SyncRow;

function memoryStorage(tables: Tables): SyncStorage {
  const { records, rows, transactions } = tables;
  const writerOf = (row: StoredRow | undefined) => {
    const found = row && transactions.findLast(({ id }) => id <= row.id);
    return found && { op_id: found.op_id, stamp: found.stamp, actor: found.actor };
  };
  const between = (from: number, end: number): StoredRow[] => rows.filter(({ id }) => id >= from && id < end);
  return {
    readServer: async () => tables.server,
    async findRecords(ids) {
      const found = ids.flatMap((id): [string, ServerRecord][] => {
        const record = records.get(id);
        return record ? [[id, record]] : [];
      });
      return { records: new Map(found), unseen: new Map() };
    },
    async interfacesOf(ends) {
      const isEnd = (end: unknown): boolean => typeof end === 'string' && ends.includes(end);
      return [...records].flatMap(([id, { type, payload }]) =>
        type === 'interface' && (isEnd(payload.from) || isEnd(payload.to)) ? [id] : [],
      );
    },
    lastWriter: async (id, field) =>
      writerOf(rows.findLast((row) => row.entity_id === id && patchedFields(row).includes(field))),
    lastDeletion: async (id) =>
      writerOf(rows.findLast(({ entity_id, action }) => entity_id === id && action === 'delete')),
    approvalFacts: async (id) => ({
      approvers: [...records.values()].filter(({ type }) => type === 'profile').length,
      creator: rows.find(({ entity_id, action }) => entity_id === id && action === 'create')?.actor ?? null,
    }),
    entriesWithIds: async (ids) =>
      transactions.filter(
        ({ op_id, recovers }) => ids.includes(op_id) || (recovers !== null && ids.includes(recovers)),
      ),
    rowsOf: async ({ id, changes }) => between(id, id + changes).map(syncRowOf),
    addPart: () => Promise.reject(new Error('operations of the simulator have one part')),
    async writeRecords({ changed, moved }) {
      for (const { id, type, payload, deleted, universities } of overTheWire(changed))
        records.set(id, { type, payload, deleted, universities });
      for (const { id, universities } of moved)
        records.set(id, { ...(records.get(id) as ServerRecord), universities });
    },
    async appendHistory(added, head) {
      const copy = overTheWire(added);
      rows.push(...copy.rows);
      transactions.push(...copy.transactions);
      if (head) tables.server = { ...tables.server, ...head };
    },
    transactionsAfter: async (seq, limit) =>
      transactions
        .filter(({ id }) => id > seq)
        .slice(0, limit)
        .map(({ hlc: _hlc, content: _content, erased: _erased, ...facts }) => ({
          ...facts,
          conflicts: [...facts.conflicts],
          erases: null,
          emptying: null,
        })),
    rowsBetween: async (_universities, from, end) =>
      between(from, end).map((row) => ({ row: row.id, ...syncRowOf(row) })),
    historiesOf: async () => [],
    visibleIds: async (_universities, ids) => ids.filter((id) => records.has(id)),
  };
}

const fingerprints = new WeakMap<ServerRecord, RecordFingerprint>();

function fingerprintOf(id: string, record: ServerRecord): RecordFingerprint {
  const known = fingerprints.get(record);
  if (known) return known;
  const { type, payload } = record;
  const bytes = hash('sha256', fingerprintText(type, id, payload), 'buffer');
  const made = { id, type, high: bytes.readBigUInt64BE(0), low: bytes.readBigUInt64BE(8) };
  fingerprints.set(record, made);
  return made;
}

function digestOf(records: Tables['records'], { ranges, parts }: Inputs['digest']): DigestRange[] {
  const all = [...records]
    .filter(([, { type, deleted }]) => !deleted && type !== 'profile')
    .map(([id, record]) => fingerprintOf(id, record))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return ranges.flatMap(({ from, to }): DigestRange[] => {
    const inside = digestOfRange(all, { from, to }).records;
    const size = Math.max(1, Math.ceil(inside.length / (parts ?? 1)));
    const starts = inside.filter((_, at) => at % size === 0).map(({ id }) => id);
    if (starts.length === 0) return [{ from, to, count: 0, first: null, fingerprint: '0'.repeat(32) }];
    return starts.map((first, at) => {
      const range = { from: at === 0 ? from : first, to: starts[at + 1] ?? to };
      const { count, fingerprint } = digestOfRange(all, range);
      return { ...range, count, first, fingerprint };
    });
  });
}
