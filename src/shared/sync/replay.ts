import { jsonEqual } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { fieldsIn, isEmptyPatch, patchBetween, patchedFields, pickPatch, valueOf } from '../domain/patch.ts';
import type { Patch } from '../domain/patch.ts';
import type { FieldConflict, SyncRecord, SyncRow } from './operation.ts';

/** Net effect of a record's unacknowledged changes, which take precedence over the server's state. */
export interface PendingChanges {
  /** Whether the record should exist; null if no change says so. */
  existence: 'exists' | 'deleted' | null;
  /** The last value of each changed field; undefined if removed. */
  fields: ReadonlyMap<string, Json | undefined>;
}

export const noPendingChanges: PendingChanges = { existence: null, fields: new Map() };

/** The net effect of unacknowledged rows of one record, in their order. */
export function pendingOfRows(rows: Iterable<Pick<SyncRow, 'action' | 'before' | 'after'>>): PendingChanges {
  let existence: PendingChanges['existence'] = null;
  const fields = new Map<string, Json | undefined>();
  for (const row of rows) {
    const { action, after } = row;
    if (action !== 'update') existence = action === 'delete' ? 'deleted' : 'exists';
    // Delete and restore rows repeat the record's fields without changing them.
    if (action === 'create' || action === 'update')
      for (const field of patchedFields(row)) fields.set(field, valueOf(after, field));
  }
  return { existence, fields };
}

/** A change of a local record. The order of a list of changes matters. */
export type LocalChange =
  | { kind: 'create'; payload: JsonObject }
  | { kind: 'restore' }
  | { kind: 'update'; patch: Patch }
  | { kind: 'delete' };

type RecordState = Omit<SyncRecord, 'type'> | undefined;

/**
 * Local changes for a row applied by the server, except where local changes are pending. `current` is undefined if the record never existed locally.
 */
export function replayRow(current: RecordState, row: SyncRow, pending: PendingChanges): LocalChange[] {
  switch (row.action) {
    case 'create':
    case 'restore':
      return replayState(current, { payload: row.after ?? {}, deleted: false }, pending);
    case 'update':
      return current && !current.deleted
        ? fieldChanges(current.payload, row.after ?? {}, patchedFields(row), pending)
        : [];
    case 'delete':
      // A pending deletion can be older than an acknowledged restore, so the record can be live although its deletion is pending.
      return current && !current.deleted && pending.existence !== 'exists' ? [{ kind: 'delete' }] : [];
  }
}

/** Local changes that give a record the server's state plus pending changes; `serverState` is undefined if the server has none. */
export function replayState(
  current: RecordState,
  serverState: RecordState,
  { existence, fields }: PendingChanges,
): LocalChange[] {
  const shouldExist =
    existence === null ? serverState !== undefined && !serverState.deleted : existence === 'exists';
  if (!shouldExist) return current && !current.deleted ? [{ kind: 'delete' }] : [];
  const target = withPending(serverState?.payload ?? {}, fields);
  if (!current) return [{ kind: 'create', payload: target }];
  const changedFields = fieldsIn(current.payload, target);
  const changes = fieldChanges(current.payload, target, changedFields);
  return current.deleted ? [{ kind: 'restore' }, ...changes] : changes;
}

/** Local changes for the server's values that won over the values of an operation. */
export function replayConflicts(
  current: RecordState,
  conflicts: readonly FieldConflict[],
  pending: PendingChanges,
): LocalChange[] {
  if (!current || current.deleted) return [];
  const overriddenConflicts = conflicts.filter(({ kind }) => kind === 'older');
  const winningValues = Object.fromEntries(
    overriddenConflicts.flatMap(({ field, won }) => (won ? [[field, won.value]] : [])),
  );
  const fields = overriddenConflicts.map(({ field }) => field);
  return fieldChanges(current.payload, winningValues, fields, pending);
}

function withPending(payload: JsonObject, fields: PendingChanges['fields']): JsonObject {
  const serverEntries = Object.entries(payload).filter(([field]) => !fields.has(field));
  const pendingEntries = [...fields].filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries([...serverEntries, ...pendingEntries]);
}

function fieldChanges(
  payload: JsonObject,
  target: JsonObject,
  fields: readonly string[],
  pending: PendingChanges = noPendingChanges,
): LocalChange[] {
  const isReplaceable = (field: string): boolean =>
    fields.includes(field) &&
    (!pending.fields.has(field) || jsonEqual(pending.fields.get(field), valueOf(target, field)));
  const patch = pickPatch(patchBetween(payload, target), isReplaceable);
  return isEmptyPatch(patch) ? [] : [{ kind: 'update', patch }];
}
