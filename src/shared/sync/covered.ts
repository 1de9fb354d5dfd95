import type { Json, JsonObject } from '../domain/json.ts';
import { jsonEqual } from '../domain/json.ts';
import { fieldsOfRow, valueIn } from './merge.ts';
import type { SyncRow } from './operation.ts';

const isSame = (left: Json | undefined, right: Json | undefined): boolean =>
  left === undefined || right === undefined ? left === right : jsonEqual(left, right);

const fieldsOf = (payload: JsonObject | null): string[] => Object.keys(payload ?? {});

function isRowCovered(row: SyncRow, done: readonly SyncRow[]): boolean {
  const of = done.filter(({ type, id }) => type === row.type && id === row.id);
  if (row.action === 'delete') return of.some(({ action }) => action === 'delete');
  if (row.action === 'restore') return of.some(({ action }) => action === 'restore' || action === 'create');
  const fields = row.action === 'create' ? fieldsOf(row.after) : fieldsOfRow(row);
  if (row.action === 'create' && fields.length === 0) return of.some(({ action }) => action !== 'delete');
  return fields.every((field) =>
    of.some(
      (one) =>
        one.action !== 'delete' &&
        fieldsOfRow(one).includes(field) &&
        isSame(valueIn(one.after, field), valueIn(row.after, field)),
    ),
  );
}

/**
 * Whether the rows `done` include all changes of `rows`. After a data loss of the server, another client may resend an operation in the
 * form that took effect. Only that form counts as the same operation; the id alone is no proof, because all clients know the ids.
 */
export const isCovered = (rows: readonly SyncRow[], done: readonly SyncRow[]): boolean =>
  rows.every((row) => isRowCovered(row, done));
