import { maxRows } from '#shared/contract/server/sync.ts';
import type {
  DigestRange,
  Emptying,
  Erasure,
  PulledOperation,
  RecordState,
  SyncScope,
} from '#shared/contract/server/sync.ts';
import { tableOf } from '#shared/domain/types.ts';
import { fieldsIn } from '#shared/domain/patch.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { scopeCondition, readServer } from './postgres-storage.ts';
import { readEmptyings } from './emptyings.ts';
import { otherHistoryError } from './push.ts';
import type { ServerRecord } from './records.ts';
import { isStorable } from './storable.ts';
import type { LogRow, StoredEmptying, SyncStorage, TransactionRow } from './storage.ts';

export interface Head {
  seq: number;
  hash: string;
}

/** The caller's scope for a share: null for everything, else these universities and records of none. */
export function scopeOf({ sees, university_id, scope_version }: Caller, share: string): SyncScope {
  const ownUniversities = university_id === null ? [] : [university_id];
  const visible = sees === 'all' ? null : ownUniversities;
  const requested = share === 'all' ? null : [share];
  const universities = intersectScopes(visible, requested);
  return { version: `${scope_version}:${universities?.join(',') ?? 'all'}`, universities };
}

function intersectScopes(left: string[] | null, right: string[] | null): string[] | null {
  if (left === null || right === null) return left ?? right;
  return left.filter((university) => right.includes(university));
}

/** Returns operations after a number, filtered by scope. The caller's own operations are always included as acknowledgement. Throws OTHER_HISTORY. */
export async function pullOperations(
  { syncStore }: Pick<Services, 'syncStore'>,
  caller: Caller,
  input: { generation: string; after: number; offset: number; share: string; limit: number },
): Promise<{ operations: PulledOperation[]; next: Head; head: Head; scope: SyncScope }> {
  const scope = scopeOf(caller, input.share);
  return syncStore.read(caller, async (storage) => {
    const server = await storage.readServer();
    const { generation } = server;
    if (generation !== input.generation || input.after > server.head_seq) throw otherHistoryError(generation);
    const candidates = await storage.transactionsAfter(input.after, input.limit);
    const head = { seq: server.head_seq, hash: server.head_hash };
    const { selected, offset, end, partial } = selectTransactions(candidates, input.offset);
    const firstTransaction = selected[0];
    if (!firstTransaction) return { operations: [], next: head, head, scope };
    const logRows = await storage.rowsBetween(scope.universities, firstTransaction.id + offset, end);
    const rows = await followMoves(storage, scope, logRows);
    const visibleConflictIds =
      scope.universities === null ? null : await visibleConflicts(storage, scope, selected);
    const emptyings = await readEmptyings(
      storage,
      scope,
      selected.map(({ emptying }) => emptying),
    );
    const operations = selected.flatMap((transaction, index): PulledOperation[] => {
      const { id, changes, seen_seq, seen_hash, conflicts, emptying, ...pulledFields } = transaction;
      const operationRows = rows.filter(({ row }) => row >= id && row < id + Math.max(1, changes));
      const operationConflicts =
        visibleConflictIds === null
          ? conflicts
          : conflicts.filter((conflict) => visibleConflictIds.has(conflict.id));
      const isForCaller =
        operationRows.length + operationConflicts.length > 0 ||
        pulledFields.actor === caller.id ||
        emptying !== null;
      if (!isForCaller && scope.universities !== null) return [];
      return [
        {
          ...pulledFields,
          seq: id,
          seen: seen_seq === null || seen_hash === null ? null : { seq: seen_seq, hash: seen_hash },
          rows: operationRows.map(toPulledRow),
          offset: index === 0 ? offset : 0,
          partial: index === selected.length - 1 && partial,
          conflicts: operationConflicts,
          empties: emptyings[index] ?? null,
        },
      ];
    });
    const lastComplete = partial ? selected.at(-2) : selected.at(-1);
    const next = lastComplete
      ? { seq: lastComplete.id, hash: lastComplete.hash }
      : { seq: input.after, hash: firstTransaction.previous_hash };
    return { operations, next, head, scope };
  });
}

/** Whether a row can have changed the universities of its record. An interface row without field changes means that an end moved. */
function canMove({ action, type, before, after }: LogRow): boolean {
  if (action !== 'update') return false;
  const fields = fieldsIn(before, after);
  if (type !== 'interface') return fields.includes('university_id');
  return fields.length === 0 || fields.includes('from') || fields.includes('to');
}

/** For restricted scopes, replaces rows that move a record: by a restore if the record is now in the scope, else by a deletion. */
export async function followMoves<R extends LogRow>(
  storage: SyncStorage,
  { universities }: SyncScope,
  rows: R[],
): Promise<R[]> {
  if (universities === null) return rows;
  const moving = rows.filter(canMove);
  if (moving.length === 0) return rows;
  const ids = [...new Set(moving.map(({ id }) => id))];
  const visibleNow = await visibleRecords(storage, universities, ids);
  return rows.map((row): R => {
    if (!moving.includes(row)) return row;
    const record = visibleNow.get(row.id);
    return record && !record.deleted
      ? { ...row, action: 'restore', before: null, after: record.payload }
      : { ...row, action: 'delete', before: null, after: null };
  });
}

async function visibleRecords(
  storage: SyncStorage,
  universities: SyncScope['universities'],
  ids: readonly string[],
): Promise<Map<string, ServerRecord>> {
  const idsInScope = await storage.visibleIds(universities, ids.filter(isStorable));
  return (await storage.findRecords(idsInScope)).records;
}

const toPulledRow = ({ action, type, id, before, after }: LogRow): PulledOperation['rows'][number] => ({
  action,
  type,
  id,
  before,
  after,
});

/** Returns as many operations as fit an answer, by rows; an oversized operation is split. */
function selectTransactions(
  candidates: readonly TransactionRow[],
  offset: number,
): { selected: TransactionRow[]; offset: number; end: number; partial: boolean } {
  const selected: TransactionRow[] = [];
  let rows = 0;
  for (const transaction of candidates) {
    const count = transaction.changes - (selected.length === 0 ? offset : 0);
    if (rows + count > maxRows) {
      if (selected.length > 0) break;
      return { selected: [transaction], offset, end: transaction.id + offset + maxRows, partial: true };
    }
    selected.push(transaction);
    rows += count;
  }
  const last = selected.at(-1);
  return { selected, offset, end: last ? last.id + last.changes : 0, partial: false };
}

async function visibleConflicts(
  storage: SyncStorage,
  { universities }: SyncScope,
  selected: readonly TransactionRow[],
): Promise<Set<string>> {
  const ids = selected.flatMap(({ conflicts }) => conflicts.map(({ id }) => id));
  return new Set(await storage.visibleIds(universities, ids));
}

/** The erasures of people whom the caller could have, and what all erasures emptied. */
export async function readErasures(
  { syncStore, database }: Services,
  caller: Caller,
): Promise<{ erasures: Erasure[]; emptyings: (Emptying & { op_id: string })[] }> {
  const rows = await database.readAsUser(caller, (sql) =>
    sql.all<{ op_id: string; erases: Erasure | null; emptying: StoredEmptying }>(
      'SELECT op_id, erases, emptying FROM readable_operations WHERE is_erasure ORDER BY id',
    ),
  );
  const emptyings = await syncStore.read(caller, (storage) =>
    readEmptyings(
      storage,
      scopeOf(caller, 'all'),
      rows.map(({ emptying }) => emptying),
    ),
  );
  return {
    erasures: rows.flatMap(({ erases }) => erases ?? []),
    emptyings: rows.flatMap(({ op_id }, index) => {
      const emptying = emptyings[index];
      return emptying ? [{ ...emptying, op_id }] : [];
    }),
  };
}

/** Reads current records by id, within the scope. */
export function readStates(
  { syncStore }: Pick<Services, 'syncStore'>,
  caller: Caller,
  { share, ids }: { share: string; ids: readonly string[] },
): Promise<{ records: RecordState[]; head: Head }> {
  const { universities } = scopeOf(caller, share);
  return syncStore.read(caller, async (storage) => {
    const { head_seq: seq, head_hash: hash } = await storage.readServer();
    const states = await visibleRecords(storage, universities, ids);
    const records = [...states].map(([id, { type, payload, deleted }]) => ({ type, id, payload, deleted }));
    return { records, head: { seq, hash } };
  });
}

/** Reads records that are not deleted, after `after` (a type and id joined by a slash). References come before dependants. */
async function readAfter(
  sql: Sql,
  { after, limit, universities }: { after: string; limit: number; universities: string[] | null },
): Promise<RecordState[]> {
  const slash = after.indexOf('/');
  const [afterType, afterId] = [after.slice(0, Math.max(0, slash)), after.slice(slash + 1)];
  const firstIndex = Math.max(
    0,
    syncedTypes.findIndex((type) => type === afterType),
  );
  const records: RecordState[] = [];
  for (const type of syncedTypes.slice(firstIndex)) {
    if (records.length === limit) break;
    const rows = await sql.all<Pick<RecordState, 'id' | 'payload'>>(
      `SELECT t.id, t.payload FROM ${tableOf[type]} t WHERE t.deleted_at IS NULL AND t.id > $2 AND ($1::text[] IS NULL
         OR EXISTS (SELECT 1 FROM record_ids r WHERE r.id = t.id AND ${scopeCondition('r.type', 'r.universities')}))
       ORDER BY t.id LIMIT $3`,
      [universities, type === afterType ? afterId : '', limit - records.length],
    );
    for (const { id, payload } of rows) records.push({ type, id, payload, deleted: false });
  }
  return records;
}

/** Counts records. The count of everything is stored, except for people. */
async function countRecords(sql: Sql, universities: string[] | null): Promise<number> {
  const row = await sql.get<{ n: number }>(
    universities === null
      ? 'SELECT d.count + (SELECT count(*) FROM profiles WHERE deleted_at IS NULL) AS n FROM record_digest d'
      : `SELECT count(*) AS n FROM record_ids WHERE NOT deleted AND ${scopeCondition('type', 'universities')}`,
    universities === null ? [] : [universities],
  );
  return row?.n ?? 0;
}

/** Reads all existing records by type and id, one page at a time. */
export function snapshotPage(
  { database }: Services,
  caller: Caller,
  { share, after, limit }: { share: string; after: string; limit: number },
): Promise<{ records: RecordState[]; next: string | null; total: number; head: Head }> {
  const { universities } = scopeOf(caller, share);
  return database.readAsUser(caller, async (sql) => {
    const [{ head_seq: seq, head_hash: hash }, records, total] = await Promise.all([
      readServer(sql),
      readAfter(sql, { after, limit, universities }),
      countRecords(sql, universities),
    ]);
    const lastRecord = records.length < limit ? undefined : records.at(-1);
    return {
      records,
      next: lastRecord ? `${lastRecord.type}/${lastRecord.id}` : null,
      total,
      head: { seq, hash },
    };
  });
}

/** bigint columns are read as text, because they use all 64 bits. */
const digestQuery = `SELECT min(id) AS "from", count(*) AS count, bit_xor(fingerprint_high)::text AS high, bit_xor(fingerprint_low)::text AS low
  FROM (SELECT id, fingerprint_high, fingerprint_low, ntile($4) OVER (ORDER BY id) AS part FROM record_ids
    WHERE NOT deleted AND type <> 'profile' AND id >= $2 AND ($3::text IS NULL OR id < $3) AND ${scopeCondition('type', 'universities')}) parts
  GROUP BY part ORDER BY part`;

/** The stored digest of all records, with its head, in one statement. */
const wholeDigestQuery = `SELECT s.head_seq AS seq, s.head_hash AS hash, d.count, d.high::text, d.low::text,
    (SELECT id FROM record_ids WHERE NOT deleted AND type <> 'profile' ORDER BY id LIMIT 1) AS first
  FROM server s, record_digest d`;

interface WholeDigest extends Head {
  count: number;
  high: string;
  low: string;
  first: string | null;
}

/** Returns fingerprints of id ranges, each divided into parts of equal size. */
export function digestRanges(
  { database }: Services,
  caller: Caller,
  {
    share,
    ranges,
    parts,
  }: { share: string; ranges: readonly { from: string; to: string | null }[]; parts: number },
): Promise<{ ranges: DigestRange[]; head: Head }> {
  const { universities } = scopeOf(caller, share);
  return database.readAsUser(caller, async (sql) => {
    const [firstRange] = ranges;
    const isWholeRange = ranges.length === 1 && firstRange?.from === '' && firstRange.to === null;
    if (universities === null && isWholeRange && parts === 1) {
      const { seq, hash, high, low, count, first } = (await sql.get<WholeDigest>(
        wholeDigestQuery,
      )) as WholeDigest;
      return {
        ranges: [{ from: '', to: null, count, first, fingerprint: hexOf(high) + hexOf(low) }],
        head: { seq, hash },
      };
    }
    const { head_seq: seq, head_hash: hash } = await readServer(sql);
    const digests: DigestRange[] = [];
    for (const { from, to } of ranges) {
      const rows = await sql.all<{ from: string; count: number; high: string; low: string }>(digestQuery, [
        universities,
        from,
        to,
        parts,
      ]);
      if (rows.length === 0) digests.push({ from, to, count: 0, first: null, fingerprint: '0'.repeat(32) });
      for (const [index, { from: firstId, count, high, low }] of rows.entries())
        digests.push({
          from: index === 0 ? from : firstId,
          to: rows[index + 1]?.from ?? to,
          count,
          first: firstId,
          fingerprint: hexOf(high) + hexOf(low),
        });
    }
    return { ranges: digests, head: { seq, hash } };
  });
}

const hexOf = (signed: string): string => BigInt.asUintN(64, BigInt(signed)).toString(16).padStart(16, '0');
