import type { Json, JsonObject } from '../domain/json.ts';
import { fieldsIn, isEmptyPatch, patchBetween, patchFields, pickPatch, valueOf } from '../domain/patch.ts';
import type { Patch } from '../domain/patch.ts';
import type { FieldConflict, SyncRecord, SyncRow } from './operation.ts';

/** Net effect of a record's unacknowledged changes, which take precedence over the server's state. */
export interface Pending {
  /** Whether the record should exist; null if no change says so. */
  existence: 'there' | 'deleted' | null;
  /** The last value of each changed field; undefined if removed. */
  fields: ReadonlyMap<string, Json | undefined>;
}

export const nothingPending: Pending = { existence: null, fields: new Map() };

/** The net effect of unacknowledged rows of one record, in their order. */
export function pendingOfRows(rows: Iterable<Pick<SyncRow, 'action' | 'before' | 'after'>>): Pending {
  let existence: Pending['existence'] = null;
  const fields = new Map<string, Json | undefined>();
  for (const row of rows) {
    const { action, after } = row;
    if (action !== 'update') existence = action === 'delete' ? 'deleted' : 'there';
    // Delete and restore rows repeat the record's fields without changing them.
    if (action === 'create' || action === 'update')
      for (const field of patchFields(row)) fields.set(field, valueOf(after, field));
  }
  return { existence, fields };
}

/** A change of a local record. The order of a list of changes matters. */
export type LocalChange =
  | { kind: 'create'; payload: JsonObject }
  | { kind: 'restore' }
  | { kind: 'update'; patch: Patch }
  | { kind: 'delete' };

type State = Omit<SyncRecord, 'type'> | undefined;

/**
 * Local changes for a row applied by the server, except where local changes are pending. `current` is undefined if the record never existed
 * here.
 */
export function replayRow(current: State, row: SyncRow, pending: Pending): LocalChange[] {
  switch (row.action) {
    case 'create':
    case 'restore':
      return replayState(current, { payload: row.after ?? {}, deleted: false }, pending);
    case 'update':
      return current && !current.deleted
        ? fieldsChanged(current.payload, row.after ?? {}, patchFields(row), pending)
        : [];
    case 'delete':
      return current && !current.deleted && pending.existence === null ? [{ kind: 'delete' }] : [];
  }
}

/** Changes a local record to the server's state plus pending changes; `state` is undefined if the server has none. */
export function replayState(current: State, state: State, { existence, fields }: Pending): LocalChange[] {
  const isThere = existence === null ? state !== undefined && !state.deleted : existence === 'there';
  if (!isThere) return current && !current.deleted ? [{ kind: 'delete' }] : [];
  const target = withPending(state?.payload ?? {}, fields);
  if (!current) return [{ kind: 'create', payload: target }];
  const differing = fieldsIn(current.payload, target);
  const reset = fieldsChanged(current.payload, target, differing);
  return current.deleted ? [{ kind: 'restore' }, ...reset] : reset;
}

/** Local changes for values that won at the server over an operation's own. */
export function replayConflicts(
  current: State,
  conflicts: readonly FieldConflict[],
  pending: Pending,
): LocalChange[] {
  if (!current || current.deleted) return [];
  const stayed = conflicts.filter(({ kind }) => kind === 'older');
  const won = Object.fromEntries(stayed.flatMap(({ field, won: of }) => (of ? [[field, of.value]] : [])));
  const fields = stayed.map(({ field }) => field);
  return fieldsChanged(current.payload, won, fields, pending);
}

function withPending(payload: JsonObject, fields: Pending['fields']): JsonObject {
  const kept = Object.entries(payload).filter(([field]) => !fields.has(field));
  const own = [...fields].filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries([...kept, ...own]);
}

function fieldsChanged(
  payload: JsonObject,
  target: JsonObject,
  fields: readonly string[],
  pending: Pending = nothingPending,
): LocalChange[] {
  const isFree = (field: string): boolean => fields.includes(field) && !pending.fields.has(field);
  const patch = pickPatch(patchBetween(payload, target), isFree);
  return isEmptyPatch(patch) ? [] : [{ kind: 'update', patch }];
}
