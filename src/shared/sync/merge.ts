import type { Json, JsonObject } from '../domain/json.ts';
import { jsonEqual } from '../domain/json.ts';
import type { FieldConflict, SyncRecord, SyncRow } from './operation.ts';

/** Why a row cannot be applied; the whole operation is rejected then. */
export type RefusedRow = 'missing' | 'other_type';

/** Result of merging a row: the new record, the rows that changed it, and the conflicts. */
export interface MergedRow {
  record: SyncRecord;
  effective: SyncRow[];
  conflicts: FieldConflict[];
}

/**
 * Merges an incoming row into the server's record; undefined if that id never existed. If the author knew a field's current value, the
 * author's value wins. Otherwise the later write wins; `isNewer` says whether the incoming one is later. A delete wins over changes that
 * its author had not seen; the changes are kept as conflicts. Creating an existing record updates it.
 */
export function mergeRow(
  current: SyncRecord | undefined,
  row: SyncRow,
  isNewer: (field: string) => boolean,
): MergedRow | RefusedRow {
  if (current && current.type !== row.type) return 'other_type';
  if (!current) {
    // A record whose creation was rejected and then restored is new to the server.
    if (row.action !== 'create' && row.action !== 'restore') return 'missing';
    const made: SyncRow = { ...row, action: 'create', before: null };
    return merged({ type: row.type, payload: row.after ?? {}, deleted: false }, [made]);
  }
  switch (row.action) {
    case 'create':
      return current.deleted
        ? recreated(current, row)
        : mergeFields(current, { ...row, before: {} }, isNewer);
    case 'update':
      return current.deleted ? tooLate(current, row) : mergeFields(current, row, isNewer);
    case 'delete':
      return current.deleted ? merged(current) : removed(current, row);
    case 'restore':
      if (!current.deleted) return merged(current);
      return merged({ ...current, deleted: false }, [{ ...row, before: null, after: current.payload }]);
  }
}

const merged = (
  record: SyncRecord,
  effective: SyncRow[] = [],
  conflicts: FieldConflict[] = [],
): MergedRow => ({ record, effective, conflicts });

/** The fields that a row touches, on either side. */
export const fieldsOfRow = ({ before, after }: Pick<SyncRow, 'before' | 'after'>): string[] => [
  ...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]),
];

/** The value of a field; undefined if absent. */
export const valueIn = (payload: JsonObject | null, field: string): Json | undefined =>
  payload && Object.hasOwn(payload, field) ? payload[field] : undefined;

const same = (left: Json | undefined, right: Json | undefined): boolean =>
  left === undefined || right === undefined ? left === right : jsonEqual(left, right);

const boxed = (value: Json | undefined): FieldConflict['lost'] => (value === undefined ? null : { value });

function mergeFields(current: SyncRecord, row: SyncRow, isNewer: (field: string) => boolean): MergedRow {
  const { type, id } = row;
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of fieldsOfRow(row)) {
    const [is, was, will] = [current.payload, row.before, row.after].map((side) => valueIn(side, field));
    if (same(is, will)) continue;
    if (!same(is, was)) {
      const newer = isNewer(field);
      const [lost, won] = newer ? [is, will] : [will, is];
      const kind = newer ? 'newer' : 'older';
      conflicts.push({ type, id, field, kind, lost: boxed(lost), won: boxed(won) });
      if (!newer) continue;
    }
    if (is !== undefined) before[field] = is;
    if (will !== undefined) after[field] = will;
  }
  if (Object.keys(before).length + Object.keys(after).length === 0) return merged(current, [], conflicts);
  const payload = patched(current.payload, before, after);
  return merged({ ...current, payload }, [{ action: 'update', type, id, before, after }], conflicts);
}

/** A payload without the fields of `before` and with those of `after`. */
export function patched(
  payload: JsonObject,
  before: JsonObject | null,
  after: JsonObject | null,
): JsonObject {
  const kept = Object.entries(payload).filter(
    ([field]) => valueIn(before, field) === undefined || valueIn(after, field) !== undefined,
  );
  return { ...Object.fromEntries(kept), ...after };
}

/** The author did not know the deleted record: their payload replaces it. */
function recreated(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const restored: SyncRow = { action: 'restore', type, id, before: null, after: current.payload };
  const payload = row.after ?? {};
  const changed = fieldsOfRow({ before: current.payload, after: payload }).filter(
    (field) => !same(valueIn(current.payload, field), valueIn(payload, field)),
  );
  const side = (of: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(of).filter(([field]) => changed.includes(field)));
  const update: SyncRow = { action: 'update', type, id, before: side(current.payload), after: side(payload) };
  return merged({ type, payload, deleted: false }, changed.length > 0 ? [restored, update] : [restored]);
}

function tooLate(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const conflicts = fieldsOfRow(row)
    .filter((field) => !same(valueIn(current.payload, field), valueIn(row.after, field)))
    .map((field): FieldConflict => {
      const [lost, won] = [row.after, current.payload].map((side) => boxed(valueIn(side, field)));
      return { type, id, field, kind: 'deleted', lost: lost ?? null, won: won ?? null };
    });
  return merged(current, [], conflicts);
}

function removed(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const { payload } = current;
  const unseen = fieldsOfRow({ before: payload, after: row.before }).filter(
    (field) => !same(valueIn(payload, field), valueIn(row.before, field)),
  );
  const conflicts = unseen.map((field): FieldConflict => {
    return { type, id, field, kind: 'deletes', lost: boxed(valueIn(payload, field)), won: null };
  });
  const effective: SyncRow[] = [{ action: 'delete', type, id, before: payload, after: null }];
  return merged({ ...current, deleted: true }, effective, conflicts);
}
