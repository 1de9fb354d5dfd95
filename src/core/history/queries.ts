import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import type { AuditChange, AuditTransaction, list, ofRecord } from '#shared/contract/history.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Parameter, ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { auditActorOf } from '../log/audit/undo-effect.ts';
import type { LogFacets } from './facets.ts';
import { otherEndOf, rowIdsOf } from './link-rows.ts';

type Header = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'label' | 'params' | 'actor' | 'created_at' | 'changes' | 'undoes' | 'redoes' | 'hash'
>;
interface HeaderRow extends Header {
  actor_name: string | null;
  undone: number;
}

const transactionColumns = `t.id, t.op_id, t.label, t.params, t.actor, t.created_at, t.changes, t.undoes, t.redoes, t.hash,
  (SELECT name FROM profiles WHERE id = t.actor) AS actor_name,
  coalesce((SELECT max(id) FROM audit_transactions WHERE undoes = t.op_id), 0)
    > coalesce((SELECT max(id) FROM audit_transactions WHERE redoes = t.op_id), 0) AS undone`;

const parseObject = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

function toTransaction(row: HeaderRow): AuditTransaction {
  const { actor, actor_name, params: paramsText, undone, ...rest } = row;
  const params = parseObject(paramsText);
  return {
    ...rest,
    params,
    actor: auditActorOf({ actor, actor_name }, params),
    undone: undone === 1,
  };
}

type ListInput = InputOf<typeof list>;
type ListFilter = Omit<ListInput, 'with_links'> & Partial<Pick<ListInput, 'with_links'>>;

function* buildConditions(
  db: ReadHandle,
  filter: ListFilter,
): Generator<number, { sql: string; parameters: Parameter[] }, void> {
  const parameters: Parameter[] = [];
  const conditionFor = (sql: string, value: string | undefined): string[] => {
    if (value === undefined) return [];
    parameters.push(value);
    return [sql];
  };
  const headerConditions = [
    ...conditionFor('t.op_id = ?', filter.op_id),
    ...conditionFor('t.actor = ?', filter.actor),
    ...conditionFor('t.created_at >= ?', filter.from),
    ...conditionFor('t.created_at <= ?', filter.until),
  ];
  if (filter.entity_id !== undefined) {
    const rowIds = filter.with_links
      ? JSON.stringify(yield* rowIdsOf(db, filter.entity_id, { withLinks: true }))
      : undefined;
    const rowConditions = [
      ...(rowIds === undefined
        ? conditionFor('l.entity_id = ?', filter.entity_id)
        : conditionFor('l.id IN (SELECT value FROM json_each(?))', rowIds)),
      ...conditionFor('l.entity_type = ?', filter.type),
      ...conditionFor('l.university_id = ?', filter.university_id),
      ...conditionFor('l.action = ?', filter.action),
    ];
    const ownerSql = '(SELECT max(o.id) FROM audit_transactions o WHERE o.id <= l.id)';
    headerConditions.push(
      `t.id IN (SELECT ${ownerSql} FROM audit_logs l WHERE ${rowConditions.join(' AND ')})`,
    );
  }
  return { sql: headerConditions.join(' AND '), parameters };
}

const transactionsPerStep = 4000;
const newestFirst = 'ORDER BY t.id DESC';

interface Page {
  rows: AuditTransaction[];
  total: number;
}

/**
 * Transactions, newest first. Rows of one record are found by index, other filters of rows by `facets`; filters of transactions scan in
 * steps. Yields the number found.
 */
export function* listTransactions(
  db: ReadHandle,
  filter: ListFilter,
  facets: LogFacets,
): Generator<number, Page, void> {
  const { type, action, university_id, offset, limit } = filter;
  const { sql, parameters } = yield* buildConditions(db, filter);
  const hasNoRowFilter = type === undefined && action === undefined && university_id === undefined;
  if (filter.entity_id !== undefined || (hasNoRowFilter && sql === ''))
    return listByIndex(db, filter, sql, parameters);
  const scannedIds = sql === '' ? null : yield* scanTransactions(db, sql, parameters);
  if (!hasNoRowFilter) yield* facets.catchUp();
  const facetIds = hasNoRowFilter ? null : facets.find({ type, action, university_id });
  const ids = scannedIds && facetIds ? intersect(scannedIds, facetIds) : (scannedIds ?? facetIds ?? []);
  const query = `SELECT ${transactionColumns} FROM audit_transactions t WHERE t.id IN (SELECT value FROM json_each(?)) ${newestFirst}`;
  const pageIds = JSON.stringify(ids.slice(offset, offset + limit));
  return { rows: db.all<HeaderRow>(query, [pageIds]).map(toTransaction), total: ids.length };
}

function listByIndex(
  db: ReadHandle,
  filter: ListFilter,
  sql: string,
  parameters: readonly Parameter[],
): Page {
  const where = sql === '' ? '1' : sql;
  const query = `SELECT ${transactionColumns} FROM audit_transactions t WHERE ${where} ${newestFirst} LIMIT ? OFFSET ?`;
  const rows = db.all<HeaderRow>(query, [...parameters, filter.limit, filter.offset]).map(toTransaction);
  const countQuery = `SELECT count(*) AS n FROM audit_transactions t WHERE ${where}`;
  return { rows, total: db.get<{ n: number }>(countQuery, parameters)?.n ?? 0 };
}

function* scanTransactions(
  db: ReadHandle,
  sql: string,
  parameters: readonly Parameter[],
): Generator<number, number[], void> {
  const stepEndQuery = `SELECT max(id) AS id FROM (SELECT id FROM audit_transactions WHERE id > ? ORDER BY id LIMIT ${transactionsPerStep})`;
  const query = `SELECT t.id FROM audit_transactions t WHERE t.id > ? AND t.id <= ? AND ${sql} ORDER BY t.id`;
  const ids: number[] = [];
  for (let last = 0; ;) {
    const stepEnd = db.get<{ id: number | null }>(stepEndQuery, [last])?.id ?? last;
    if (stepEnd <= last) return ids.toReversed();
    for (const id of db.column<number>(query, [last, stepEnd, ...parameters])) ids.push(id);
    last = stepEnd;
    yield ids.length;
  }
}

function intersect(left: readonly number[], right: readonly number[]): number[] {
  const common: number[] = [];
  for (let leftIndex = 0, rightIndex = 0; leftIndex < left.length && rightIndex < right.length;) {
    const [a, b] = [left[leftIndex] as number, right[rightIndex] as number];
    if (a === b) common.push(a);
    if (a >= b) leftIndex += 1;
    if (b >= a) rightIndex += 1;
  }
  return common;
}

/** Throws NOT_FOUND. */
export function readTransaction(db: ReadHandle, id: number): AuditTransaction {
  const row = db.get<HeaderRow>(`SELECT ${transactionColumns} FROM audit_transactions t WHERE t.id = ?`, [
    id,
  ]);
  if (!row) throw new Fault('NOT_FOUND', { type: 'transaction', id: String(id) });
  return toTransaction(row);
}

function toChange(db: ReadHandle, row: AuditLogRow): AuditChange {
  const type = row.entity_type as AuditedType;
  const before = row.payload_before === null ? null : parseObject(row.payload_before);
  const after = row.payload_after === null ? null : parseObject(row.payload_after);
  const fullPayload = row.action === 'update' ? undefined : (after ?? before);
  const record = fullPayload ?? locateIn(db, type, row.entity_id)?.payload ?? {};
  const title = readTitle(db, type, record) || row.entity_id;
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
    meta: parseObject(row.meta),
    created_at,
  };
}

interface ChangesFilter {
  id: number;
  offset: number;
  limit: number;
}

/** The changes of one transaction in order. Throws NOT_FOUND. */
export function listChanges(
  db: ReadHandle,
  { id, offset, limit }: ChangesFilter,
): { transaction: AuditTransaction; rows: AuditChange[]; total: number } {
  const transaction = readTransaction(db, id);
  const end = id + transaction.changes;
  const rows = db.all<AuditLogRow>(rowsBetweenQuery, [id + offset, Math.min(end, id + offset + limit)]);
  return { transaction, rows: rows.map((row) => toChange(db, row)), total: transaction.changes };
}

type RecordHistory = OutputOf<typeof ofRecord>;

const rowsBetweenQuery = 'SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id';
const rowsByIdQuery = 'SELECT l.* FROM json_each(?) j JOIN audit_logs l ON l.id = j.value ORDER BY j.key';

/** The history of one record, newest first. Yields the number of rows visited. */
export function* listOfRecord(
  db: ReadHandle,
  filter: { id: string; with_links?: boolean; offset: number; limit: number },
): Generator<number, RecordHistory, void> {
  const { id, offset, limit } = filter;
  const rowIds = yield* rowIdsOf(db, id, { withLinks: filter.with_links === true });
  const ownerQuery = 'SELECT max(id) AS id FROM audit_transactions WHERE id <= ?';
  const rows: RecordHistory['rows'] = [];
  for (const row of db.all<AuditLogRow>(rowsByIdQuery, [
    JSON.stringify(rowIds.slice(offset, offset + limit)),
  ])) {
    const transaction = db.get<{ id: number }>(ownerQuery, [row.id]) as { id: number };
    rows.push({
      transaction: readTransaction(db, transaction.id),
      change: toChange(db, row),
      link: otherEndOf(db, id, row),
    });
    yield rowIds.length + rows.length;
  }
  return { total: rowIds.length, rows };
}
