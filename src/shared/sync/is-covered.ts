import { jsonEqual } from '../domain/json.ts';
import { fieldsIn, patchedFields, valueOf } from '../domain/patch.ts';
import type { SyncRow } from './operation.ts';

function isRowCovered(row: SyncRow, appliedRows: readonly SyncRow[]): boolean {
  const recordRows = appliedRows.filter(({ type, id }) => type === row.type && id === row.id);
  if (row.action === 'delete') return recordRows.some(({ action }) => action === 'delete');
  if (row.action === 'restore')
    return recordRows.some(({ action }) => action === 'restore' || action === 'create');
  const fields = row.action === 'create' ? fieldsIn(row.after) : patchedFields(row);
  if (row.action === 'create' && fields.length === 0)
    return recordRows.some(({ action }) => action !== 'delete');
  return fields.every((field) =>
    recordRows.some(
      (appliedRow) =>
        appliedRow.action !== 'delete' &&
        patchedFields(appliedRow).includes(field) &&
        jsonEqual(valueOf(appliedRow.after, field), valueOf(row.after, field)),
    ),
  );
}

/**
 * Whether `appliedRows` include all changes of `rows`. After a data loss of the server, another client can resend an operation in the form
 * that took effect. Only that form counts as the same operation; the id alone is no proof, because all clients know the ids.
 */
export const isCovered = (rows: readonly SyncRow[], appliedRows: readonly SyncRow[]): boolean =>
  rows.every((row) => isRowCovered(row, appliedRows));
