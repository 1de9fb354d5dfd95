import type { UndoConflict } from '#shared/contract/fault-data.ts';
import { isErased } from '#shared/domain/erased.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { patchFields, valueOf } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { patchOfRow } from '../log/audit/effect.ts';
import { isUndone } from '../log/audit/undone.ts';
import { rowsReversed } from '../log/audit/rows.ts';

interface Span {
  id: number;
  changes: number;
}

/** The search stops after this many conflicts; one is enough to refuse. */
const mostConflicts = 200;

const later = 'SELECT * FROM audit_logs WHERE entity_id = ? AND id >= ? ORDER BY id DESC';
const owner =
  'SELECT id, op_id, undoes, redoes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const origin = 'SELECT id FROM audit_transactions WHERE op_id = ?';

/**
 * Later changes of the same fields that are still in effect, even if they kept the transaction's value: undoing it would silently undo them
 * too. Changes that were undone again do not count, nor do values equal to those before the transaction. Yields the number of rows visited.
 */
export function* touchedSince(db: ReadHandle, span: Span): Generator<number, UndoConflict[], void> {
  const isInEffect = createChangeTest(db, span);
  const found = new Map<string, UndoConflict>();
  let done = 0;
  for (const row of rowsReversed(db, span)) {
    const record = locateIn(db, row.entity_type as AuditedType, row.entity_id);
    if (record && isErased(record.payload)) {
      const { type, id, payload } = record;
      const title = readTitle(db, type, payload);
      found.set(id, { type, id, title, field: null, reason: 'erased' });
    } else if (record) {
      const since = db.all<AuditLogRow>(later, [row.entity_id, span.id + span.changes]);
      for (const field of since.length > 0 ? touched(row, record, since, isInEffect) : []) {
        const title = readTitle(db, record.type, record.payload);
        const conflict = { type: record.type, id: record.id, title, field, reason: 'changed_since' as const };
        found.set(`${record.id}/${field ?? ''}`, conflict);
      }
    }
    yield ++done;
    if (found.size >= mostConflicts) break;
  }
  return [...found.values()];
}

type Stands = (row: AuditLogRow) => boolean;

/** The fields of a row that later rows changed; null for the whole record. */
function touched(
  row: AuditLogRow,
  record: Located<AuditedType>,
  since: readonly AuditLogRow[],
  isInEffect: Stands,
): (string | null)[] {
  if (row.action === 'delete') return record.deleted && since.some(isInEffect) ? [null] : [];
  if (row.action !== 'update') return !record.deleted && since.some(isInEffect) ? [null] : [];
  const patch = patchOfRow(row);
  const updates = since.filter(({ action }) => action === 'update');
  return patchFields(patch).filter(
    (field) =>
      !jsonEqual(valueOf(record.payload, field), valueOf(patch.before, field)) &&
      updates.some((update) => patchFields(patchOfRow(update)).includes(field) && isInEffect(update)),
  );
}

/** Tells whether a later row is in effect; rows of changes that were undone are not. */
function createChangeTest(db: ReadHandle, span: Span): Stands {
  const known = new Map<string, boolean>();
  return ({ id }) => {
    const by = db.get<Pick<AuditTransactionRow, 'id' | 'op_id' | 'undoes' | 'redoes'>>(owner, [id]);
    const change = by?.undoes ?? by?.redoes ?? by?.op_id ?? '';
    let stands = known.get(change);
    if (stands === undefined) {
      const first = by !== undefined && by.undoes === null && by.redoes === null;
      const made = first ? by.id : (db.get<{ id: number }>(origin, [change])?.id ?? 0);
      stands = made < span.id || !isUndone(db, change);
      known.set(change, stands);
    }
    return stands;
  };
}
