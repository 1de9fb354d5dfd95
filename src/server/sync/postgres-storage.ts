import type { PushedOperation } from '#shared/contract/server/sync.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { ActingUser, Database, Sql } from '../db/database.ts';
import type { GroupCommit } from '../db/group-commit.ts';
import { findRecords, writeRecords } from './records.ts';
import { Refusal } from './refusal.ts';
import type {
  HistoryRow,
  KnownEntry,
  LogRow,
  ServerRow,
  SyncStorage,
  SyncStore,
  TransactionRow,
  Writer,
} from './storage.ts';

export const postgresStore = (database: Database, groupCommit: GroupCommit): SyncStore => ({
  write: (acting, work) => groupCommit.write(acting, (sql) => work(postgresStorage(sql))),
  read: (acting, work) => database.readAsUser(acting, (sql) => work(postgresStorage(sql))),
});

export const postgresStorage = (sql: Sql): SyncStorage => ({
  readServer: () => readServer(sql),
  findRecords: (ids, types) => findRecords(sql, ids, types),
  interfacesOf: async (ends) => (await sql.all<{ id: string }>(interfacesQuery, [ends])).map(({ id }) => id),
  lastWriter: (id, field) => sql.get<Writer>(lastWriterQuery, [id, field]),
  lastDeletion: (id) => sql.get<Writer>(lastDeletionQuery, [id]),
  async approvalFacts(id) {
    const facts = await sql.get<{ approvers: number; creator: string | null }>(approvalFactsQuery, [id]);
    return facts ?? { approvers: 0, creator: null };
  },
  entriesWithIds(ids) {
    const isSingle = ids.length === 1;
    return sql.all<KnownEntry>(isSingle ? entriesOfIdQuery : entriesOfIdsQuery, [isSingle ? ids[0] : ids]);
  },
  rowsOf: ({ id, changes }) => sql.all<SyncRow>(rowsQuery, [id, id + changes]),
  addPart: (caller, operation, limit) => addPart(sql, caller, operation, limit),
  writeRecords: (written, time) => writeRecords(sql, written, time),
  async appendHistory({ transactions: newTransactions, rows }, head, time) {
    // As few statements as possible, because they are most of a small change's cost. The first also updates the head.
    const [firstBatch = '[]', ...otherBatches] = Array.from(
      { length: Math.ceil(rows.length / rowsPerStatement) },
      (_, index) => JSON.stringify(rows.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement)),
    );
    const headUpdate = head ? 'UPDATE server SET head_seq = $4, head_hash = $5, next_row = $6' : 'SELECT';
    await Promise.all([
      sql.run(`WITH transactions AS (${insertTransactions}), rows AS (${insertRows}) ${headUpdate}`, [
        firstBatch,
        time,
        JSON.stringify(newTransactions),
        ...(head ? [head.head_seq, head.head_hash, head.next_row] : []),
      ]),
      ...otherBatches.map((batch) => sql.run(insertRows, [batch, time])),
    ]);
  },
  transactionsAfter: (seq, limit) => sql.all<TransactionRow>(transactionsQuery, [seq, limit]),
  rowsBetween: (universities, from, end) => sql.all<LogRow>(logRowsQuery, [universities, from, end]),
  historiesOf: (universities, ids) => sql.all<HistoryRow>(historiesQuery, [universities, ids]),
  visibleIds: async (universities, ids) =>
    (await sql.all<{ id: string }>(visibleIdsQuery, [universities, ids])).map(({ id }) => id),
});

const selectServer = `SELECT server_id, generation, lineage, head_seq, head_hash, next_row FROM server`;

export async function readServer(sql: Sql): Promise<ServerRow> {
  const row = await sql.get<ServerRow>(selectServer);
  if (!row) throw new Error('the database has no server: "frames serve migrate" was not run');
  return row;
}

/** SQL condition for rows in the scope `$1`. People and universities are always included. */
export const scopeCondition = (type: string, universities: string): string =>
  `($1::text[] IS NULL OR ${type} IN ('profile', 'university', 'view') OR ${universities} = '{}' OR ${universities} && $1::text[])`;

const visibleIdsQuery = `SELECT id FROM record_ids WHERE id = ANY ($2::text[]) AND ${scopeCondition('type', 'universities')}`;
const transactionsQuery = `SELECT id, op_id, replica, actor, label, params, created_at, stamp, undoes, redoes, recovers, seen_seq, seen_hash, previous_hash,
  body, hash, changes, conflicts, erases, emptying FROM readable_operations WHERE id > $1 ORDER BY id LIMIT $2`;
const logRowsQuery = `SELECT id AS row, action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id >= $2 AND id < $3 AND ${scopeCondition('entity_type', 'universities')} ORDER BY row`;

const historiesQuery = `SELECT entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after, salt IS NULL AS emptied
  FROM audit_logs WHERE entity_id = ANY ($2::text[]) AND ${scopeCondition('entity_type', 'universities')} ORDER BY audit_logs.id`;

const lastWriterQuery = `SELECT t.op_id, t.stamp, t.actor FROM audit_logs l
  JOIN LATERAL (SELECT op_id, stamp, actor FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
  WHERE l.entity_id = $1 AND (l.payload_before ? $2 OR l.payload_after ? $2) ORDER BY l.id DESC LIMIT 1`;

const lastDeletionQuery = `SELECT t.op_id, t.stamp, t.actor FROM audit_logs l
  JOIN LATERAL (SELECT op_id, stamp, actor FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
  WHERE l.entity_id = $1 AND l.action = 'delete' ORDER BY l.id DESC LIMIT 1`;

const approvalFactsQuery = `SELECT (SELECT count(*) FROM profiles WHERE deleted_at IS NULL AND payload ->> 'role' IN ('admin', 'researcher')) AS approvers,
  (SELECT actor FROM audit_logs WHERE entity_id = $1 AND action = 'create' ORDER BY id LIMIT 1) AS creator`;

const interfacesQuery =
  'SELECT id FROM interfaces WHERE from_id = ANY ($1::text[]) OR to_id = ANY ($1::text[])';

const entryColumns = 'id, op_id, recovers, actor, replica, content, changes';
/** Separate, because almost every push has one id. */
const entriesOfIdQuery = `SELECT ${entryColumns} FROM readable_operations WHERE op_id = $1
  UNION SELECT ${entryColumns} FROM readable_operations WHERE recovers = $1`;
/** Forces an index look-up for each id. For `op_id = ANY ($1)`, Postgres planned a scan of the whole table while its statistics were old. */
const entriesOfIdsQuery = `SELECT DISTINCT e.* FROM unnest($1::text[]) AS wanted(name) CROSS JOIN LATERAL (
  (SELECT ${entryColumns} FROM readable_operations WHERE op_id = wanted.name LIMIT 1)
  UNION ALL
  (SELECT ${entryColumns} FROM readable_operations WHERE recovers = wanted.name OFFSET 0)) e ORDER BY id`;
const rowsQuery = `SELECT action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id >= $1 AND id < $2`;

const rowsPerStatement = 2000;

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

/** Stores a part. Returns the whole operation if no part is missing, else null. Throws Refusal for viewers and above `maxBytes`. */
async function addPart(
  sql: Sql,
  caller: Pick<ActingUser, 'id' | 'role'>,
  operation: PushedOperation,
  { time, maxBytes }: { time: string; maxBytes: number },
): Promise<PushedOperation | null> {
  const { op_id, part, rows } = operation;
  const { id: user, role } = caller;
  if (!part) return operation;
  if (role === 'viewer') throw new Refusal('forbidden:viewers_read_only', 'Viewers change nothing.', null);
  const text = JSON.stringify(rows);
  const bytes = Buffer.byteLength(text);
  const otherParts = await sql.get<{ bytes: number }>(
    `SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM operation_parts WHERE user_id = $1 AND NOT (op_id = $2 AND part = $3)`,
    [user, op_id, part.index],
  );
  if ((otherParts?.bytes ?? 0) + bytes > maxBytes) {
    await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
    throw new Refusal(
      'too_large',
      `Parts of operations of more than ${maxBytes} bytes wait for the rest.`,
      null,
    );
  }
  await sql.run(
    `INSERT INTO operation_parts (op_id, user_id, part, count, rows, bytes, received_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
     ON CONFLICT (op_id, user_id, part) DO UPDATE SET rows = excluded.rows, count = excluded.count, bytes = excluded.bytes,
       received_at = excluded.received_at`,
    [op_id, user, part.index, part.count, text, bytes, time],
  );
  const values = [op_id, user, part.count];
  const condition = 'op_id = $1 AND user_id = $2 AND count = $3';
  const receivedCount = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM operation_parts WHERE ${condition}`,
    values,
  );
  if (receivedCount?.n !== part.count) return null;
  const parts = await sql.all<{ rows: PushedOperation['rows'] }>(
    `SELECT rows FROM operation_parts WHERE ${condition} ORDER BY part`,
    values,
  );
  await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
  return { ...operation, part: null, rows: parts.flatMap((stored) => stored.rows) };
}
