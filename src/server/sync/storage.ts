import type {
  Emptying,
  Erasure,
  PulledConflict,
  PulledOperation,
  PushedOperation,
} from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { ActingUser, WriteResult } from '../db/database.ts';
import type { Affiliation, ChangedRecord, MovedInterface, ServerRecord } from './records.ts';

/** The row that describes this server and the head of its history. */
export interface ServerRow {
  server_id: string;
  generation: string;
  lineage: { generation: string; seq: number; hash: string }[];
  head_seq: number;
  head_hash: string;
  next_row: number;
}

/** The operation that last wrote a field. */
export interface Writer {
  op_id: string;
  stamp: string;
  actor: string;
}

/** The fields of an operation of the history that decide whether a pushed operation is known. `content` is read by its actor only. */
export interface KnownEntry {
  id: number;
  op_id: string;
  recovers: string | null;
  actor: string;
  replica: string;
  content: string | null;
  changes: number;
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
  /** Set for an erasure by the server. The hash of the operation covers the erasure, so that it cannot be added or changed later. */
  erased?: ErasedRows | null;
}

/** The erased person, and the emptied rows with the digest of what remains of each. */
export interface ErasedRows extends Erasure {
  rows: Record<string, string>;
}

export interface StoredTransaction extends Omit<HistoryEntry, 'rows' | 'seen' | 'erased'> {
  id: number;
  changes: number;
  body: string;
  previous_hash: string;
  seen_seq: number | null;
  seen_hash: string | null;
  erased: ErasedRows | null;
  hash: string;
}

export interface StoredRow {
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

/** What an erasure emptied: `ids` are those of other records of which the caller sees an emptied row. */
export interface StoredEmptying extends Omit<Emptying, 'records'> {
  ids: string[];
}

/** A transaction as the caller reads it: without params, conflicts and erasures that name records hidden from the caller. */
export interface TransactionRow extends Omit<
  PulledOperation,
  'seen' | 'rows' | 'offset' | 'partial' | 'seq' | 'erases' | 'empties'
> {
  id: number;
  erases: Erasure | null;
  emptying: StoredEmptying | null;
  seen_seq: number | null;
  seen_hash: string | null;
  changes: number;
}

export type LogRow = PulledOperation['rows'][number] & { row: number };
/** A row of a record's history; an erasure has emptied it or left it alone. */
export type HistoryRow = Pick<LogRow, 'type' | 'id' | 'before' | 'after'> & { emptied: boolean };

/** Universities of a scope; null for everything. */
type Universities = readonly string[] | null;

/** What push and pull read and write for one user: Postgres on the server, memory in the simulator. */
export interface SyncStorage {
  readServer(): Promise<ServerRow>;
  /** Records the user may see, including deleted ones; of hidden ones, type and universities. `types` are guesses that save a look-up if right. */
  findRecords(
    ids: readonly string[],
    types?: ReadonlyMap<string, SyncedType>,
  ): Promise<{ records: Map<string, ServerRecord>; unseen: Map<string, Affiliation> }>;
  interfacesOf(ends: readonly string[]): Promise<string[]>;
  lastWriter(id: string, field: string): Promise<Writer | undefined>;
  lastDeletion(id: string): Promise<Writer | undefined>;
  /** The number of people who may approve, and the id of the record's creator. */
  approvalFacts(id: string): Promise<{ approvers: number; creator: string | null }>;
  /** Operations with one of these ids, as `op_id` or `recovers`, oldest first. */
  entriesWithIds(ids: readonly string[]): Promise<KnownEntry[]>;
  rowsOf(entry: Pick<KnownEntry, 'id' | 'changes'>): Promise<SyncRow[]>;
  /** Stores a part of an operation. Returns the whole operation after its last part. Throws Refusal. */
  addPart(
    caller: Pick<ActingUser, 'id' | 'role'>,
    operation: PushedOperation,
    limit: { time: string; maxBytes: number },
  ): Promise<PushedOperation | null>;
  writeRecords(
    changes: { changed: readonly ChangedRecord[]; moved: readonly MovedInterface[] },
    time: string,
  ): Promise<void>;
  /** A `head` of null leaves the stored head unchanged. */
  appendHistory(
    operations: { transactions: readonly StoredTransaction[]; rows: readonly StoredRow[] },
    head: Pick<ServerRow, 'head_seq' | 'head_hash' | 'next_row'> | null,
    time: string,
  ): Promise<void>;
  transactionsAfter(seq: number, limit: number): Promise<TransactionRow[]>;
  /** Rows with numbers from `from` to before `end`, within the scope. */
  rowsBetween(universities: Universities, from: number, end: number): Promise<LogRow[]>;
  /** All rows of these records, within the scope, oldest first. */
  historiesOf(universities: Universities, ids: readonly string[]): Promise<HistoryRow[]>;
  /** Those of the ids that are within the scope. */
  visibleIds(universities: Universities, ids: readonly string[]): Promise<string[]>;
}

/** Runs work on the storage, each call in a transaction. */
export interface SyncStore {
  /** One write at a time, in commit order. The work can run more than once. */
  write<T>(acting: ActingUser, work: (storage: SyncStorage) => Promise<WriteResult<T>>): Promise<T>;
  read<T>(acting: ActingUser, work: (storage: SyncStorage) => Promise<T>): Promise<T>;
}
