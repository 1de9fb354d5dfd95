import type { z } from 'zod';
import type { AuditChange, AuditTransaction, list, ofRecord } from '#shared/contract/history.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Parameter, ReadHandle } from '../db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../db/schema.ts';
import { locateIn } from '../entities/locate.ts';
import { readTitle } from '../entities/titles.ts';

type Header = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'label' | 'params' | 'actor' | 'created_at' | 'changes' | 'undoes' | 'redoes' | 'hash'
>;
interface HeaderRow extends Header {
  actor_name: string | null;
  undone: number;
}

const columns = `t.id, t.op_id, t.label, t.params, t.actor, t.created_at, t.changes, t.undoes, t.redoes, t.hash,
  (SELECT name FROM profiles WHERE id = t.actor) AS actor_name,
  coalesce((SELECT max(id) FROM audit_transactions WHERE undoes = t.op_id), 0)
    > coalesce((SELECT max(id) FROM audit_transactions WHERE redoes = t.op_id), 0) AS undone`;

const latest = `SELECT undoes FROM audit_transactions WHERE undoes = :change OR redoes = :change ORDER BY id DESC LIMIT 1`;

/** Whether the change with that op_id has been undone and not redone since. */
export function isUndone(db: ReadHandle, change: string): boolean {
  return db.get<{ undoes: string | null }>(latest, { change })?.undoes === change;
}

const object = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

function toTransaction(row: HeaderRow): AuditTransaction {
  const { actor, actor_name, params, undone, ...rest } = row;
  return {
    ...rest,
    params: object(params),
    actor: { id: actor, name: actor_name ?? actor },
    undone: undone === 1,
  };
}

type Wanted = z.output<(typeof list)['~orpc']['inputSchema'] & z.ZodType>;

function conditions(wanted: Wanted): { sql: string; parameters: Parameter[] } {
  const parameters: Parameter[] = [];
  const on = (sql: string, value: string | undefined): string[] => {
    if (value === undefined) return [];
    parameters.push(value);
    return [sql];
  };
  const header = [
    ...on('t.op_id = ?', wanted.op_id),
    ...on('t.actor = ?', wanted.actor),
    ...on('t.created_at >= ?', wanted.from),
    ...on('t.created_at <= ?', wanted.until),
  ];
  const rows = [
    ...on('l.entity_type = ?', wanted.type),
    ...on('l.entity_id = ?', wanted.entity_id),
    ...on('l.university_id = ?', wanted.university_id),
    ...on('l.action = ?', wanted.action),
  ];
  if (rows.length > 0) {
    const owner = '(SELECT max(o.id) FROM audit_transactions o WHERE o.id <= l.id)';
    header.push(`t.id IN (SELECT ${owner} FROM audit_logs l WHERE ${rows.join(' AND ')})`);
  }
  return { sql: header.length > 0 ? header.join(' AND ') : '1', parameters };
}

/** What was done, newest first. */
export function listTransactions(
  db: ReadHandle,
  wanted: Wanted,
): { rows: AuditTransaction[]; total: number } {
  const { sql, parameters } = conditions(wanted);
  const query = `SELECT ${columns} FROM audit_transactions t WHERE ${sql} ORDER BY t.id DESC LIMIT ? OFFSET ?`;
  const rows = db.all<HeaderRow>(query, [...parameters, wanted.limit, wanted.offset]).map(toTransaction);
  const total =
    db.get<{ n: number }>(`SELECT count(*) AS n FROM audit_transactions t WHERE ${sql}`, parameters)?.n ?? 0;
  return { rows, total };
}

/** One transaction by its id. Throws NOT_FOUND. */
export function readTransaction(db: ReadHandle, id: number): AuditTransaction {
  const row = db.get<HeaderRow>(`SELECT ${columns} FROM audit_transactions t WHERE t.id = ?`, [id]);
  if (!row)
    throw new Fault('NOT_FOUND', `There is no audit entry ${id}.`, { type: 'transaction', id: String(id) });
  return toTransaction(row);
}

function toChange(db: ReadHandle, row: AuditLogRow): AuditChange {
  const type = row.entity_type as AuditedType;
  const before = row.payload_before === null ? null : object(row.payload_before);
  const after = row.payload_after === null ? null : object(row.payload_after);
  const whole = row.action === 'update' ? undefined : (after ?? before);
  const record = whole ?? locateIn(db, type, row.entity_id)?.payload ?? {};
  const title = (type === 'interface' ? readTitle(db, type, record) : titleOf(type, record)) || row.entity_id;
  const { id, action, entity_id, university_id, created_at } = row;
  return {
    id,
    action,
    type,
    entity_id,
    title,
    university_id,
    before,
    after,
    meta: object(row.meta),
    created_at,
  };
}

/** The changes of one transaction in their order. Throws NOT_FOUND. */
export function listChanges(
  db: ReadHandle,
  wanted: { id: number; offset: number; limit: number; own_first?: boolean },
): { transaction: AuditTransaction; rows: AuditChange[]; total: number } {
  const transaction = readTransaction(db, wanted.id);
  const end = transaction.id + transaction.changes;
  const order = wanted.own_first ? `json_extract(meta, '$.because') IS NOT NULL, id` : 'id';
  const query = `SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY ${order} LIMIT ? OFFSET ?`;
  const rows = db.all<AuditLogRow>(query, [transaction.id, end, wanted.limit, wanted.offset]);
  return { transaction, rows: rows.map((row) => toChange(db, row)), total: transaction.changes };
}

type OfRecord = z.infer<(typeof ofRecord)['~orpc']['outputSchema'] & z.ZodType>;

/** Everything that happened to one record, newest first. */
export function listOfRecord(
  db: ReadHandle,
  wanted: { id: string; offset: number; limit: number },
): OfRecord {
  const query = 'SELECT * FROM audit_logs WHERE entity_id = ? ORDER BY id DESC LIMIT ? OFFSET ?';
  const rows = db.all<AuditLogRow>(query, [wanted.id, wanted.limit, wanted.offset]);
  const total =
    db.get<{ n: number }>('SELECT count(*) AS n FROM audit_logs WHERE entity_id = ?', [wanted.id])?.n ?? 0;
  const owner = 'SELECT max(id) AS id FROM audit_transactions WHERE id <= ?';
  return {
    total,
    rows: rows.map((row) => {
      const transaction = db.get<{ id: number }>(owner, [row.id]) as { id: number };
      return { transaction: readTransaction(db, transaction.id), change: toChange(db, row) };
    }),
  };
}
