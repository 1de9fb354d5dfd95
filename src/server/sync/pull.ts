import { mostRows } from '#shared/contract/server/sync.ts';
import type {
  DigestRange,
  Erasure,
  PulledOperation,
  RecordState,
  SyncScope,
} from '#shared/contract/server/sync.ts';
import { tableOf } from '#shared/domain/types.ts';
import { fieldsOfRow } from '#shared/sync/merge.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { readServer } from './history.ts';
import { otherHistory } from './push.ts';
import { readRecords } from './records.ts';
import type { ServerRecord } from './records.ts';
import { isStorable } from './storable.ts';

export interface Head {
  seq: number;
  hash: string;
}

/** What the caller sees of what they asked for: null for everything, else what belongs to these universities and what belongs to none. */
export function scopeOf({ sees, university_id, scope_version }: Caller, share: string): SyncScope {
  const own = sees === 'all' ? null : university_id === null ? [] : [university_id];
  const asked = share === 'all' ? null : [share];
  const universities = own === null ? asked : asked === null ? own : own.filter((one) => asked.includes(one));
  return { version: `${scope_version}:${universities?.join(',') ?? 'all'}`, universities };
}

/** The condition of rows that are in the scope, whose value is `$1`; people and universities always are. */
const inScope = (type: string, universities: string): string =>
  `($1::text[] IS NULL OR ${type} IN ('profile', 'university', 'view') OR ${universities} = '{}' OR ${universities} && $1::text[])`;

interface TransactionRow extends Omit<
  PulledOperation,
  'seen' | 'rows' | 'offset' | 'partial' | 'seq' | 'erases'
> {
  id: number;
  erases: Erasure | null;
  seen_seq: number | null;
  seen_hash: string | null;
  changes: number;
  /** The caller may see all rows of it. */
  whole: boolean;
}

const transactions = `SELECT id, op_id, replica, actor, label, params, created_at, stamp, undoes, redoes, recovers, seen_seq, seen_hash, previous_hash,
  body, hash, changes, conflicts, erased - 'rows' AS erases,
  ($3 OR changes = (SELECT count(*) FROM audit_logs l WHERE l.id >= t.id AND l.id < t.id + t.changes)) AS whole
  FROM audit_transactions t WHERE id > $1 ORDER BY id LIMIT $2`;
const logRows = `SELECT id AS row, action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id >= $2 AND id < $3 AND ${inScope('entity_type', 'universities')} ORDER BY row`;

type LogRow = PulledOperation['rows'][number] & { row: number };

/** What comes after a number of the history, as far as the scope goes; the caller's own always, so that it is acknowledged. Throws OTHER_HISTORY. */
export async function pullOperations(
  { database }: Services,
  caller: Caller,
  input: { generation: string; after: number; offset: number; share: string; limit: number },
): Promise<{ operations: PulledOperation[]; next: Head; head: Head; scope: SyncScope }> {
  const scope = scopeOf(caller, input.share);
  return database.readAsUser(caller, async (sql) => {
    const server = await readServer(sql);
    const { generation } = server;
    if (generation !== input.generation || input.after > server.head_seq) throw otherHistory(generation);
    const found = await sql.all<TransactionRow>(transactions, [
      input.after,
      input.limit,
      caller.sees === 'all',
    ]);
    const head = { seq: server.head_seq, hash: server.head_hash };
    const { taken, offset, end, partial } = portion(found, input.offset);
    const first = taken[0];
    if (!first) return { operations: [], next: head, head, scope };
    const logged = await sql.all<LogRow>(logRows, [scope.universities, first.id + offset, end]);
    const rows = await followMoves(sql, scope, logged);
    const visible = scope.universities === null ? null : await visibleIds(sql, scope, taken);
    const operations = taken.flatMap((transaction, at): PulledOperation[] => {
      const { id, changes, whole, seen_seq, seen_hash, conflicts, ...facts } = transaction;
      const own = rows.filter(({ row }) => row >= id && row < id + Math.max(1, changes));
      const met = visible === null ? conflicts : conflicts.filter((one) => visible.has(one.id));
      const isForCaller = own.length + met.length > 0 || facts.actor === caller.id || facts.erases !== null;
      if (!isForCaller && scope.universities !== null) return [];
      return [
        {
          ...facts,
          // They name records that the caller may not see.
          params: whole || facts.actor === caller.id ? facts.params : {},
          seq: id,
          seen: seen_seq === null || seen_hash === null ? null : { seq: seen_seq, hash: seen_hash },
          rows: own.map(withoutRow),
          offset: at === 0 ? offset : 0,
          partial: at === taken.length - 1 && partial,
          conflicts: met,
        },
      ];
    });
    const last = partial ? taken.at(-2) : taken.at(-1);
    const next = last ? { seq: last.id, hash: last.hash } : { seq: input.after, hash: first.previous_hash };
    return { operations, next, head, scope };
  });
}

/** Whether a row may have made its record one of another university. Of an interface it may change no field: then it is an end that has moved. */
function mayMove({ action, type, before, after }: LogRow): boolean {
  if (action !== 'update') return false;
  const fields = fieldsOfRow({ before, after });
  if (type !== 'interface') return fields.includes('university_id');
  return fields.length === 0 || fields.includes('from') || fields.includes('to');
}

/**
 * For who does not see everything: a record that comes into their sight comes as a whole, as it is now, since they do not have it yet; one that leaves it goes.
 * What happened to it after that comes with the rows that follow.
 */
async function followMoves(sql: Sql, { universities }: SyncScope, rows: LogRow[]): Promise<LogRow[]> {
  if (universities === null) return rows;
  const moving = rows.filter(mayMove);
  if (moving.length === 0) return rows;
  const ids = [...new Set(moving.map(({ id }) => id))];
  const there = await visibleRecords(sql, universities, ids);
  return rows.map((row): LogRow => {
    if (!moving.includes(row)) return row;
    const record = there.get(row.id);
    return record && !record.deleted
      ? { ...row, action: 'restore', before: null, after: record.payload }
      : { ...row, action: 'delete', before: null, after: null };
  });
}

async function visibleRecords(
  sql: Sql,
  universities: SyncScope['universities'],
  ids: readonly string[],
): Promise<Map<string, ServerRecord>> {
  const visible = await sql.all<{ id: string }>(
    `SELECT id FROM record_ids WHERE id = ANY ($2::text[]) AND ${inScope('type', 'universities')}`,
    [universities, ids.filter(isStorable)],
  );
  return readRecords(
    sql,
    visible.map(({ id }) => id),
  );
}

const withoutRow = ({ action, type, id, before, after }: LogRow): PulledOperation['rows'][number] => ({
  action,
  type,
  id,
  before,
  after,
});

/** As many operations as an answer holds, by their rows; one that is too large for it in part. */
function portion(
  found: readonly TransactionRow[],
  offset: number,
): { taken: TransactionRow[]; offset: number; end: number; partial: boolean } {
  const taken: TransactionRow[] = [];
  let rows = 0;
  for (const transaction of found) {
    const count = transaction.changes - (taken.length === 0 ? offset : 0);
    if (rows + count > mostRows) {
      if (taken.length > 0) break;
      return { taken: [transaction], offset, end: transaction.id + offset + mostRows, partial: true };
    }
    taken.push(transaction);
    rows += count;
  }
  const last = taken.at(-1);
  return { taken, offset, end: last ? last.id + last.changes : 0, partial: false };
}

async function visibleIds(
  sql: Sql,
  { universities }: SyncScope,
  taken: readonly TransactionRow[],
): Promise<Set<string>> {
  const ids = taken.flatMap(({ conflicts }) => conflicts.map(({ id }) => id));
  const rows = await sql.all<{ id: string }>(
    `SELECT id FROM record_ids WHERE id = ANY ($2::text[]) AND ${inScope('type', 'universities')}`,
    [universities, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** All erasures by the server, in their order. */
export async function readErasures({ database }: Services): Promise<Erasure[]> {
  const found = await database.all<{ erasure: Erasure }>(
    `SELECT erased - 'rows' AS erasure FROM audit_transactions WHERE erased IS NOT NULL ORDER BY id`,
  );
  return found.map(({ erasure }) => erasure);
}

/** Records by id as they are, as far as the scope goes. */
export function readStates(
  { database }: Services,
  caller: Caller,
  { share, ids }: { share: string; ids: readonly string[] },
): Promise<{ records: RecordState[]; head: Head }> {
  const { universities } = scopeOf(caller, share);
  return database.readAsUser(caller, async (sql) => {
    const { head_seq: seq, head_hash: hash } = await readServer(sql);
    const found = await visibleRecords(sql, universities, ids);
    const records = [...found].map(([id, { type, payload, deleted }]) => ({ type, id, payload, deleted }));
    return { records, head: { seq, hash } };
  });
}

/** Records that are not deleted after one that is named by type and id, in an order in which nothing comes before what it belongs to. */
async function readAfter(
  sql: Sql,
  { after, limit, universities }: { after: string; limit: number; universities: string[] | null },
): Promise<RecordState[]> {
  const slash = after.indexOf('/');
  const [from, last] = [after.slice(0, Math.max(0, slash)), after.slice(slash + 1)];
  const begin = Math.max(
    0,
    syncedTypes.findIndex((one) => one === from),
  );
  const records: RecordState[] = [];
  for (const type of syncedTypes.slice(begin)) {
    if (records.length === limit) break;
    const found = await sql.all<Pick<RecordState, 'id' | 'payload'>>(
      `SELECT t.id, t.payload FROM ${tableOf[type]} t WHERE t.deleted_at IS NULL AND t.id > $2 AND ($1::text[] IS NULL
         OR EXISTS (SELECT 1 FROM record_ids r WHERE r.id = t.id AND ${inScope('r.type', 'r.universities')}))
       ORDER BY t.id LIMIT $3`,
      [universities, type === from ? last : '', limit - records.length],
    );
    for (const { id, payload } of found) records.push({ type, id, payload, deleted: false });
  }
  return records;
}

/** How many records there are; that of everything is kept, but for people. */
async function countRecords(sql: Sql, universities: string[] | null): Promise<number> {
  const row = await sql.get<{ n: number }>(
    universities === null
      ? 'SELECT d.count + (SELECT count(*) FROM profiles WHERE deleted_at IS NULL) AS n FROM record_digest d'
      : `SELECT count(*) AS n FROM record_ids WHERE NOT deleted AND ${inScope('type', 'universities')}`,
    universities === null ? [] : [universities],
  );
  return row?.n ?? 0;
}

/** All records that are not deleted, in order of type and id, a page at a time. */
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
    const last = records.length < limit ? undefined : records.at(-1);
    return { records, next: last ? `${last.type}/${last.id}` : null, total, head: { seq, hash } };
  });
}

/** The bigint columns come as text here: they are numbers of 64 bits. */
const digestOf = `SELECT min(id) AS "from", count(*) AS count, bit_xor(fingerprint_high)::text AS high, bit_xor(fingerprint_low)::text AS low
  FROM (SELECT id, fingerprint_high, fingerprint_low, ntile($4) OVER (ORDER BY id) AS part FROM record_ids
    WHERE NOT deleted AND type <> 'profile' AND id >= $2 AND ($3::text IS NULL OR id < $3) AND ${inScope('type', 'universities')}) parts
  GROUP BY part ORDER BY part`;

/** Of all records, as it is kept, in one statement with the head that it is of. */
const wholeDigest = `SELECT s.head_seq AS seq, s.head_hash AS hash, d.count, d.high::text, d.low::text,
    (SELECT id FROM record_ids WHERE NOT deleted AND type <> 'profile' ORDER BY id LIMIT 1) AS first
  FROM server s, record_digest d`;

interface WholeDigest extends Head {
  count: number;
  high: string;
  low: string;
  first: string | null;
}

/** Fingerprints of ranges of ids, each divided into parts of the same number of records. */
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
    const [first] = ranges;
    if (
      universities === null &&
      ranges.length === 1 &&
      parts === 1 &&
      first?.from === '' &&
      first.to === null
    ) {
      const { seq, hash, high, low, ...whole } = (await sql.get<WholeDigest>(wholeDigest)) as WholeDigest;
      return { ranges: [{ ...first, ...whole, fingerprint: hexOf(high) + hexOf(low) }], head: { seq, hash } };
    }
    const { head_seq: seq, head_hash: hash } = await readServer(sql);
    const all: DigestRange[] = [];
    for (const { from, to } of ranges) {
      const found = await sql.all<{ from: string; count: number; high: string; low: string }>(digestOf, [
        universities,
        from,
        to,
        parts,
      ]);
      if (found.length === 0) all.push({ from, to, count: 0, first: null, fingerprint: '0'.repeat(32) });
      for (const [at, { from: first, count, high, low }] of found.entries())
        all.push({
          from: at === 0 ? from : first,
          to: found[at + 1]?.from ?? to,
          count,
          first,
          fingerprint: hexOf(high) + hexOf(low),
        });
    }
    return { ranges: all, head: { seq, hash } };
  });
}

const hexOf = (signed: string): string => BigInt.asUintN(64, BigInt(signed)).toString(16).padStart(16, '0');
