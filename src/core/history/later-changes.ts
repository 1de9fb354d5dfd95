import type { UndoConflict } from '#shared/contract/fault-data.ts';
import { isErased } from '#shared/domain/erased.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { patchedFields, valueOf } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { patchOfRow } from '../log/audit/undo-effect.ts';
import { isUndone } from '../log/audit/undone.ts';
import { rowsReversed } from '../log/audit/rows-reversed.ts';

interface Span {
  id: number;
  changes: number;
}

/** The search stops after this many conflicts; one is enough to refuse. */
const maxConflicts = 200;

const laterRowsQuery = 'SELECT * FROM audit_logs WHERE entity_id = ? AND id >= ? ORDER BY id DESC';
const transactionQuery =
  'SELECT id, op_id, undoes, redoes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const originalQuery = 'SELECT id FROM audit_transactions WHERE op_id = ?';

/**
 * Finds later changes of the same fields that are still in effect: undoing the transaction would silently undo them too. That includes
 * changes that kept the transaction's value. Skips changes that were undone again, and values equal to the earlier ones. Yields the number of rows visited.
 */
export function* findLaterChanges(db: ReadHandle, span: Span): Generator<number, UndoConflict[], void> {
  const isInEffect = createChangeTest(db, span);
  const conflicts = new Map<string, UndoConflict>();
  let done = 0;
  for (const row of rowsReversed(db, span)) {
    const record = locateIn(db, row.entity_type as AuditedType, row.entity_id);
    if (record && isErased(record.payload)) {
      const { type, id, payload } = record;
      const title = readTitle(db, type, payload);
      conflicts.set(id, { type, id, title, field: null, reason: 'erased' });
    } else if (record) {
      const laterRows = db.all<AuditLogRow>(laterRowsQuery, [row.entity_id, span.id + span.changes]);
      for (const field of laterRows.length > 0 ? changedFields(row, record, laterRows, isInEffect) : []) {
        const title = readTitle(db, record.type, record.payload);
        const conflict = { type: record.type, id: record.id, title, field, reason: 'changed_since' as const };
        conflicts.set(`${record.id}/${field ?? ''}`, conflict);
      }
    }
    yield ++done;
    if (conflicts.size >= maxConflicts) break;
  }
  return [...conflicts.values()];
}

type EffectTest = (row: AuditLogRow) => boolean;

/** The fields of a row that later rows changed; null for the whole record. */
function changedFields(
  row: AuditLogRow,
  record: LocatedRecord<AuditedType>,
  laterRows: readonly AuditLogRow[],
  isInEffect: EffectTest,
): (string | null)[] {
  if (row.action === 'delete') return record.deleted && laterRows.some(isInEffect) ? [null] : [];
  if (row.action !== 'update') return !record.deleted && laterRows.some(isInEffect) ? [null] : [];
  const patch = patchOfRow(row);
  const updates = laterRows.filter(({ action }) => action === 'update');
  return patchedFields(patch).filter(
    (field) =>
      !jsonEqual(valueOf(record.payload, field), valueOf(patch.before, field)) &&
      updates.some((update) => patchedFields(patchOfRow(update)).includes(field) && isInEffect(update)),
  );
}

/** Creates a test whether a later row is in effect; rows of changes that were undone are not. */
function createChangeTest(db: ReadHandle, span: Span): EffectTest {
  const cache = new Map<string, boolean>();
  return ({ id }) => {
    const transaction = db.get<Pick<AuditTransactionRow, 'id' | 'op_id' | 'undoes' | 'redoes'>>(
      transactionQuery,
      [id],
    );
    const changeId = transaction?.undoes ?? transaction?.redoes ?? transaction?.op_id ?? '';
    let isInEffect = cache.get(changeId);
    if (isInEffect === undefined) {
      const isOriginal =
        transaction !== undefined && transaction.undoes === null && transaction.redoes === null;
      const originalId = isOriginal
        ? transaction.id
        : (db.get<{ id: number }>(originalQuery, [changeId])?.id ?? 0);
      isInEffect = originalId < span.id || !isUndone(db, changeId);
      cache.set(changeId, isInEffect);
    }
    return isInEffect;
  };
}
