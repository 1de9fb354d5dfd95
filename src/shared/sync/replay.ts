import type { Json, JsonObject } from '../domain/json.ts';
import { jsonEqual } from '../domain/json.ts';
import { fieldsOfRow, valueIn } from './merge.ts';
import type { FieldConflict, SyncRecord, SyncRow } from './operation.ts';

/** What of a record was changed here and has not been acknowledged: it stands over what the server says. */
export interface Pending {
  /** Made, deleted or restored. */
  existence: boolean;
  fields: ReadonlySet<string>;
}

export const nothingPending: Pending = { existence: false, fields: new Set() };

/** A change of a local record, in the order in which they are done. */
export type LocalChange =
  | { kind: 'create'; payload: JsonObject }
  | { kind: 'restore' }
  | { kind: 'update'; set: JsonObject; unset: string[] }
  | { kind: 'delete' };

/** What a row that took effect at the server changes here, but for what is pending. `current` is undefined where no such record was ever here. */
export function replayRow(
  current: Omit<SyncRecord, 'type'> | undefined,
  row: SyncRow,
  pending: Pending,
): LocalChange[] {
  switch (row.action) {
    case 'create':
    case 'restore':
      return replayState(current, { payload: row.after ?? {}, deleted: false }, pending);
    case 'update':
      return current && !current.deleted ? fieldsChanged(current.payload, row, pending) : [];
    case 'delete':
      return current && !current.deleted && !pending.existence ? [{ kind: 'delete' }] : [];
  }
}

/** What makes a local record the server's, which is undefined where the server has none, but for what is pending. */
export function replayState(
  current: Omit<SyncRecord, 'type'> | undefined,
  state: Omit<SyncRecord, 'type'> | undefined,
  pending: Pending,
): LocalChange[] {
  const { existence, fields } = pending;
  if (!state || state.deleted) return current && !current.deleted && !existence ? [{ kind: 'delete' }] : [];
  if (!current) return existence ? [] : [{ kind: 'create', payload: state.payload }];
  if (current.deleted && existence) return [];
  const differing = fieldsOfRow({ before: current.payload, after: state.payload });
  const reset = resetFields(current.payload, state.payload, differing, fields);
  return current.deleted ? [{ kind: 'restore' }, ...reset] : reset;
}

/** What the values that stayed at the server, instead of an operation's own, change here. */
export function replayConflicts(
  current: Omit<SyncRecord, 'type'> | undefined,
  conflicts: readonly FieldConflict[],
  pending: Pending,
): LocalChange[] {
  if (!current || current.deleted) return [];
  const stayed = conflicts.filter(({ kind }) => kind === 'older');
  const won = Object.fromEntries(stayed.flatMap(({ field, won: of }) => (of ? [[field, of.value]] : [])));
  const fields = stayed.map(({ field }) => field);
  return resetFields(current.payload, won, fields, pending.fields);
}

function fieldsChanged(payload: JsonObject, row: SyncRow, { fields }: Pending): LocalChange[] {
  return resetFields(payload, row.after ?? {}, fieldsOfRow(row), fields);
}

function resetFields(
  payload: JsonObject,
  wanted: JsonObject,
  fields: readonly string[],
  pending: ReadonlySet<string>,
): LocalChange[] {
  const set: Record<string, Json> = {};
  const unset: string[] = [];
  for (const field of fields) {
    if (pending.has(field)) continue;
    const [is, will] = [valueIn(payload, field), valueIn(wanted, field)];
    if (will === undefined) {
      if (is !== undefined) unset.push(field);
    } else if (is === undefined || !jsonEqual(is, will)) set[field] = will;
  }
  return Object.keys(set).length + unset.length === 0 ? [] : [{ kind: 'update', set, unset }];
}
