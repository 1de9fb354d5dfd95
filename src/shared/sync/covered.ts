import { jsonEqual } from '../domain/json.ts';
import { fieldsIn, patchFields, valueOf } from '../domain/patch.ts';
import type { SyncRow } from './operation.ts';

function isRowCovered(row: SyncRow, done: readonly SyncRow[]): boolean {
  const of = done.filter(({ type, id }) => type === row.type && id === row.id);
  if (row.action === 'delete') return of.some(({ action }) => action === 'delete');
  if (row.action === 'restore') return of.some(({ action }) => action === 'restore' || action === 'create');
  const fields = row.action === 'create' ? fieldsIn(row.after) : patchFields(row);
  if (row.action === 'create' && fields.length === 0) return of.some(({ action }) => action !== 'delete');
  return fields.every((field) =>
    of.some(
      (one) =>
        one.action !== 'delete' &&
        patchFields(one).includes(field) &&
        jsonEqual(valueOf(one.after, field), valueOf(row.after, field)),
    ),
  );
}

/**
 * Whether the rows `done` include all changes of `rows`. After a data loss of the server, another client may resend an operation in the
 * form that took effect. Only that form counts as the same operation; the id alone is no proof, because all clients know the ids.
 */
export const isCovered = (rows: readonly SyncRow[], done: readonly SyncRow[]): boolean =>
  rows.every((row) => isRowCovered(row, done));
