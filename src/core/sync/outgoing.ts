import { hash } from 'node:crypto';
import { maxRows } from '#shared/contract/server/sync.ts';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { actorFields, asSubmittedBy, withLatestActor } from '#shared/domain/actor-fields.ts';
import type { Named } from '#shared/domain/actor-fields.ts';
import { isErased } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { isSharedType, operationSchema, sharedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { noPendingChanges, pendingOfRows } from '#shared/sync/replay.ts';
import type { PendingChanges } from '#shared/sync/replay.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { locateRecord } from '../log/records/locate.ts';
import { endUniversities } from '../log/records/university.ts';
import { joinedUserId, signedInUser } from '../log/session.ts';
import type { Cursor, SyncState } from './state.ts';

/** Labels of transactions that sync itself writes; they are not sent. */
export const localLabels = [
  'sync.snapshot',
  'sync.refused',
  'sync.reset',
  'sync.kept',
  'sync.erased',
] as const;

export const isLocalLabel = (label: string): boolean => (localLabels as readonly string[]).includes(label);

const quoteAll = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const sharedTypeList = quoteAll(sharedTypes);

/** Condition of transactions `t` to send: made here, with shared rows, after the settled ones, neither acknowledged nor refused. */
const pendingCondition = `t.id > :settled AND (t.id <= :foreign OR t.label NOT IN (${quoteAll(localLabels)}))
  AND NOT EXISTS (SELECT 1 FROM sync_operations s WHERE s.id = t.id AND s.seq IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM sync_quarantine q WHERE q.id = t.id)
  AND EXISTS (SELECT 1 FROM audit_logs l WHERE l.id >= t.id AND l.id < t.id + t.changes AND l.entity_type IN (${sharedTypeList}))`;

export type PendingTransaction = Pick<AuditTransactionRow, 'id' | 'op_id' | 'changes'>;

export function pendingTransactions(
  db: ReadHandle,
  { settled, foreign, share }: SyncState,
): PendingTransaction[] {
  const all = db.all<PendingTransaction>(
    `SELECT t.id, t.op_id, t.changes FROM audit_transactions t WHERE ${pendingCondition} ORDER BY t.id`,
    { settled, foreign },
  );
  return share === 'all' ? all : all.filter((one) => hasSharedRows(db, one, share));
}

/** The last settled transaction and the pending ones, updated while operations are applied. */
export interface PendingFacts {
  settled: number;
  pending: Set<number>;
}

export const pendingFactsOf = (db: ReadHandle, state: SyncState): PendingFacts => ({
  settled: state.settled,
  pending: new Set(pendingTransactions(db, state).map(({ id }) => id)),
});

function hasSharedRows(db: ReadHandle, transaction: PendingTransaction, share: string): boolean {
  for (const _ of rowsOf(db, transaction, share)) return true;
  return false;
}

const logRowsQuery = `SELECT id, action, entity_type, entity_id, university_id, payload_before, payload_after FROM audit_logs
  WHERE id >= ? AND id < ? AND entity_type IN (${sharedTypeList}) ORDER BY id`;

type Row = Pick<
  AuditLogRow,
  'action' | 'entity_type' | 'entity_id' | 'university_id' | 'payload_before' | 'payload_after'
>;

function* rowsOf(
  db: ReadHandle,
  { id, changes }: PendingTransaction,
  share: string,
): Generator<SyncRow, void, void> {
  for (const row of db.all<Row>(logRowsQuery, [id, id + changes])) {
    const [before, after] = [parseOrNull(row.payload_before), parseOrNull(row.payload_after)];
    if (!isInShare(db, share, row, before)) continue;
    yield { action: row.action, type: row.entity_type as SyncRow['type'], id: row.entity_id, before, after };
  }
}

const parseOrNull = (text: string | null): JsonObject | null =>
  text === null ? null : (JSON.parse(text) as JsonObject);

/** Whether a row belongs to the share, before or after its change: of the shared university, of none, or a university itself. */
function isInShare(db: ReadHandle, share: string, row: Row, before: JsonObject | null): boolean {
  if (share === 'all') return true;
  const { entity_type: type, entity_id: id, university_id } = row;
  if (type === 'university' || type === 'view') return true;
  if (type !== 'interface') {
    const universityBefore = before && 'university_id' in before ? before.university_id : university_id;
    return [universityBefore, university_id].some((one) => one === null || one === share);
  }
  const record = locateRecord(db, id);
  return record !== undefined && endUniversities(db, record.payload).includes(share);
}

export function isRecordShared(
  db: ReadHandle,
  share: string,
  { type, payload }: { type: AuditedType; payload: JsonObject },
): boolean {
  if (!isSharedType(type)) return false;
  if (share === 'all') return true;
  if (type === 'university' || type === 'view') return true;
  const universities =
    isEntityType(type) && type === 'interface'
      ? endUniversities(db, payload)
      : [payload.university_id ?? null];
  const universityIds = universities.filter((one) => one !== null);
  return universityIds.length === 0 || universityIds.includes(share);
}

/** Maximum characters of JSON in a request. A single larger row is sent alone. */
const maxRequestLength = 4_000_000;

export interface PushBatch {
  operations: PushedOperation[];
}

const headerQuery = `SELECT label, params, op_id, replica, hlc, created_at, undoes, redoes, actor FROM audit_transactions WHERE id = ?`;
type Header = Pick<
  AuditTransactionRow,
  'label' | 'params' | 'op_id' | 'replica' | 'hlc' | 'created_at' | 'undoes' | 'redoes' | 'actor'
>;

interface SendOptions {
  share: string;
  seen: Cursor;
  generation: string;
  maxOperations: number;
}

/** The operations of transactions, divided into requests. An operation that is too large for a request is sent in parts. */
export function* batchesOf(
  db: ReadHandle,
  pending: readonly PendingTransaction[],
  options: SendOptions,
): Generator<PushBatch, void, void> {
  let batch: PushedOperation[] = [];
  let [rowCount, textLength] = [0, 0];
  for (const transaction of pending) {
    for (const { operation, size } of operationsOf(db, transaction, options)) {
      const isFull =
        rowCount + operation.rows.length > maxRows ||
        textLength + size > maxRequestLength ||
        batch.length >= options.maxOperations;
      if (isFull && batch.length > 0) {
        yield { operations: batch };
        [batch, rowCount, textLength] = [[], 0, 0];
      }
      batch.push(operation);
      rowCount += operation.rows.length;
      textLength += size;
    }
  }
  if (batch.length > 0) yield { operations: batch };
}

/** The id, a UUID, under which another user's operation is offered to a history that lost it. The same on every client. */
export function offeredId(root: string, generation: string): string {
  const text = hash('sha256', `${root}\u001f${generation}`, 'hex');
  const [a, b, c, d] = [text.slice(0, 8), text.slice(8, 12), text.slice(13, 16), text.slice(17, 20)];
  return `${a}-${b}-8${c}-a${d}-${text.slice(20, 32)}`;
}

const hashQuery = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** Gives an operation whose id is taken a new id, derived from data that only this workspace has. */
export function withNewId(
  db: ReadHandle,
  { id }: Pick<PendingTransaction, 'id'>,
  { operation, generation }: { operation: PushedOperation; generation: string },
): PushedOperation {
  const root = operation.recovers ?? operation.op_id;
  const { hash: ownHash } = db.get<{ hash: string }>(hashQuery, [id]) as { hash: string };
  const author = operation.author ?? joinedUserId(db);
  return { ...operation, op_id: offeredId(root, `${generation}\u001f${ownHash}`), recovers: root, author };
}

export function sharedRows(db: ReadHandle, id: number, share: string): SyncRow[] {
  const transaction = db.get<PendingTransaction>(
    'SELECT id, op_id, changes FROM audit_transactions WHERE id = ?',
    [id],
  );
  return transaction ? [...rowsOf(db, transaction, share)] : [];
}

function operationsOf(
  db: ReadHandle,
  transaction: PendingTransaction,
  { share, seen, generation }: Omit<SendOptions, 'maxOperations'>,
): { operation: PushedOperation; size: number }[] {
  const {
    params: text,
    created_at,
    actor,
    ...headerFields
  } = db.get<Header>(headerQuery, [transaction.id]) as Header;
  // An operation that came from the server keeps its time.
  const { made_at, ...params } = parseOrNull(text) ?? {};
  const root =
    db.get<{ root: string | null }>('SELECT root FROM sync_operations WHERE id = ?', [transaction.id])
      ?.root ?? null;
  const sender = root === null ? signedInUser(db) : null;
  const rows = Array.from(rowsOf(db, transaction, share), (row) => (sender ? sentBy(sender, row) : row));
  return splitRows(rows).map(({ size, ...part }) => ({
    size,
    operation: {
      ...part,
      ...headerFields,
      ...(root !== null && { op_id: offeredId(root, generation) }),
      created_at: root !== null && typeof made_at === 'string' ? made_at : created_at,
      recovers: root,
      author: root === null ? null : actor,
      schema: operationSchema,
      params,
      seen: seen.seq === 0 ? null : seen,
    },
  }));
}

/** The rows of an operation in parts that fit into requests; `size` is their length in characters. */
export function splitRows(
  rows: Iterable<SyncRow>,
): (Pick<PushedOperation, 'rows' | 'part'> & { size: number })[] {
  const parts: { rows: SyncRow[]; size: number }[] = [];
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    const last = parts.at(-1);
    if (last && last.rows.length < maxRows && last.size + size <= maxRequestLength) {
      last.rows.push(row);
      last.size += size;
    } else parts.push({ rows: [row], size });
  }
  const count = parts.length;
  return parts.map((one, index) => ({ ...one, part: count > 1 ? { index, count } : null }));
}

/** A row with the sender in the field that names its author: local profiles do not exist on the server, and nobody speaks for others there. */
export function sentBy(sender: Named, row: SyncRow): SyncRow {
  const { type, action, after } = row;
  if (after === null) return row;
  if (action === 'create') return { ...row, after: asSubmittedBy(type, after, sender) };
  const field = actorFields[type]?.field;
  const namesActor = action === 'update' && field !== undefined && Object.hasOwn(after, field);
  return namesActor ? { ...row, after: withLatestActor(type, after, sender) } : row;
}

export function rejectOperation(
  db: WriteHandle,
  { id, code, message }: { id: number; code: string; message: string },
  { pending }: PendingFacts,
  time: string,
): void {
  db.run(
    `INSERT INTO sync_quarantine (id, code, message, at, state) VALUES (?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING`,
    [id, code, message, time],
  );
  pending.delete(id);
}

/** The rows of a record, without those of the transaction being written, which is not yet in `audit_transactions`. */
const recordRowsQuery = `SELECT l.action, l.payload_before, l.payload_after, t.id AS transaction_id
  FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_id = ? AND l.id > ? AND l.id < t.id + t.changes ORDER BY l.id`;

export function pendingChangesOf(
  db: ReadHandle,
  id: string,
  { settled, pending }: { settled: number; pending: ReadonlySet<number> },
): PendingChanges {
  // Pending changes of an erased person have no effect.
  if (pending.size === 0 || isErasedRecord(db, id)) return noPendingChanges;
  type RowOfTransaction = Pick<AuditLogRow, 'action' | 'payload_before' | 'payload_after'> & {
    transaction_id: number;
  };
  const rows = db
    .all<RowOfTransaction>(recordRowsQuery, [id, settled])
    .filter((row) => pending.has(row.transaction_id))
    .map(({ action, payload_before, payload_after }) => {
      return { action, before: parseOrNull(payload_before), after: parseOrNull(payload_after) };
    });
  return pendingOfRows(rows);
}

function isErasedRecord(db: ReadHandle, id: string): boolean {
  const record = locateRecord(db, id);
  return record !== undefined && record.deleted && isErased(record.payload);
}
