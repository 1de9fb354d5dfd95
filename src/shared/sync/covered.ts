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
 * Whether other rows have done all that an operation does. An operation that a server lost may come back in another form than its author sent: offered by
 * somebody who knows what took effect of it. Only that form is taken for the same one: an id alone proves nothing, since everybody knows the ids of others.
 */
export const isCovered = (rows: readonly SyncRow[], done: readonly SyncRow[]): boolean =>
  rows.every((row) => isRowCovered(row, done));
