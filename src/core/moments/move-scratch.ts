import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { FoldedRecord } from '../log/audit/fold-row.ts';
import type { Connection, ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { inBatches } from '../kernel/batches.ts';
import { recordIdsBetween, recordsBefore, maxRecordsAtOnce } from '../log/records-before.ts';
import type { Point } from '../model/point-in-time.ts';

const rowsPerStep = 2000;

/**
 * Moves a scratch copy to another point in time, including its log: backward by reverting its rows, forward by applying the rows of
 * `source`. Touches only records named in rows between the two points. Runs in the caller's transaction without foreign keys. Yields the
 * number of rows and records done. Throws WORKSPACE, reason damaged.
 */
export function* moveToPoint(
  scratch: Connection,
  source: ReadHandle,
  from: Point,
  to: Point,
): Generator<number, void, void> {
  if (to.end < from.end) yield* rollBackward(scratch, to);
  else if (to.end > from.end) yield* rollForward(scratch, source, from, to);
}

const endQuery = 'SELECT coalesce(max(id), 0) + 1 AS end FROM audit_logs';

function* rollBackward({ write: db }: Connection, to: Point): Generator<number, void, void> {
  const { end } = db.get<{ end: number }>(endQuery) ?? to;
  const idsByType = yield* recordIdsBetween(db, to.end, end);
  let done = end - to.end;
  for (const [type, ids] of idsByType) {
    for (const batch of inBatches([...ids], maxRecordsAtOnce)) {
      const pastRecords = recordsBefore(db, batch, to.end);
      for (const id of batch) writeRecord(db, type, id, pastRecords.get(id));
      yield (done += batch.length);
    }
  }
  db.run('DELETE FROM audit_transactions WHERE id > ?', [to.id]);
  for (let sliceEnd = end; sliceEnd > to.end; sliceEnd -= rowsPerStep) {
    db.run('DELETE FROM audit_logs WHERE id >= ?', [Math.max(to.end, sliceEnd - rowsPerStep)]);
    yield ++done;
  }
}

const recordColumns = 'payload, created_at, updated_at, deleted_at';

function* rollForward(
  { write: db }: Connection,
  source: ReadHandle,
  from: Point,
  to: Point,
): Generator<number, void, void> {
  let done = 0;
  for (const table of ['audit_logs', 'audit_transactions'] as const) {
    const firstId = table === 'audit_logs' ? from.end : from.id + 1;
    for (let sliceStart = firstId; sliceStart < to.end; sliceStart += rowsPerStep) {
      copyRows(db, source, table, sliceStart, Math.min(sliceStart + rowsPerStep, to.end));
      yield ++done;
    }
  }
  const idsByType = yield* recordIdsBetween(db, from.end, to.end);
  for (const [type, ids] of idsByType) {
    for (const batch of inBatches([...ids], maxRecordsAtOnce)) {
      const currentRecords = readRecords(db, type, batch);
      const laterRecords = recordsBefore(db, batch, to.end, { startRecords: currentRecords, from: from.end });
      for (const id of batch) writeRecord(db, type, id, laterRecords.get(id));
      yield (done += batch.length);
    }
  }
}

const logColumns = `id, actor, action, entity_type, entity_id, university_id, payload_before, payload_after, meta, salt, digest, created_at`;
const transactionColumns = `id, label, params, params_salt, params_digest, actor, op_id, replica, hlc, created_at, undoes, redoes, changes,
  previous_hash, hash`;
const columnsOf = { audit_logs: logColumns, audit_transactions: transactionColumns } as const;

function copyRows(
  db: WriteHandle,
  source: ReadHandle,
  table: keyof typeof columnsOf,
  from: number,
  end: number,
): void {
  const names = columnsOf[table].split(',').map((name) => name.trim());
  const insertSql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  const selectSql = `SELECT ${names.join(', ')} FROM ${table} WHERE id >= ? AND id < ? ORDER BY id`;
  type Row = Record<string, string | number | null>;
  for (const row of source.all<Row>(selectSql, [from, end]))
    db.run(
      insertSql,
      names.map((name) => row[name] as string | number | null),
    );
}

function readRecords(
  db: ReadHandle,
  type: AuditedType,
  ids: readonly string[],
): ReadonlyMap<string, FoldedRecord> {
  const query = `SELECT id, ${recordColumns} FROM ${tableOf[type]} WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = db.all<FoldedRecord & { id: string }>(query, [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, ...record }) => [id, record]));
}

/** Writes a record; without `record` removes its row. */
function writeRecord(db: WriteHandle, type: AuditedType, id: string, record: FoldedRecord | undefined): void {
  const table = tableOf[type];
  if (!record) return void db.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
  const { payload, created_at, updated_at, deleted_at } = record;
  const assignments = ['payload', 'created_at', 'updated_at', 'deleted_at'].map(
    (name) => `${name} = excluded.${name}`,
  );
  const upsert = `INSERT INTO ${table} (id, payload, created_at, updated_at, deleted_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET ${assignments.join(', ')}`;
  db.run(upsert, [id, payload, created_at, updated_at, deleted_at]);
}
