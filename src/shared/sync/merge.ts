import type { Json } from '../domain/json.ts';
import { jsonEqual } from '../domain/json.ts';
import { applyPatch, isEmptyPatch, patchBetween, patchFields, valueOf } from '../domain/patch.ts';
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

const boxed = (value: Json | undefined): FieldConflict['lost'] => (value === undefined ? null : { value });

function mergeFields(current: SyncRecord, row: SyncRow, isNewer: (field: string) => boolean): MergedRow {
  const { type, id } = row;
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of patchFields(row)) {
    const [is, was, will] = [current.payload, row.before, row.after].map((side) => valueOf(side, field));
    if (jsonEqual(is, will)) continue;
    if (!jsonEqual(is, was)) {
      const newer = isNewer(field);
      const [lost, won] = newer ? [is, will] : [will, is];
      const kind = newer ? 'newer' : 'older';
      conflicts.push({ type, id, field, kind, lost: boxed(lost), won: boxed(won) });
      if (!newer) continue;
    }
    if (is !== undefined) before[field] = is;
    if (will !== undefined) after[field] = will;
  }
  if (isEmptyPatch({ before, after })) return merged(current, [], conflicts);
  const payload = applyPatch(current.payload, { before, after });
  return merged({ ...current, payload }, [{ action: 'update', type, id, before, after }], conflicts);
}

/** The author did not know the deleted record: their payload replaces it. */
function recreated(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const restored: SyncRow = { action: 'restore', type, id, before: null, after: current.payload };
  const payload = row.after ?? {};
  const patch = patchBetween(current.payload, payload);
  const update: SyncRow = { action: 'update', type, id, ...patch };
  return merged({ type, payload, deleted: false }, isEmptyPatch(patch) ? [restored] : [restored, update]);
}

function tooLate(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const conflicts = patchFields(row)
    .filter((field) => !jsonEqual(valueOf(current.payload, field), valueOf(row.after, field)))
    .map((field): FieldConflict => {
      const [lost, won] = [row.after, current.payload].map((side) => boxed(valueOf(side, field)));
      return { type, id, field, kind: 'deleted', lost: lost ?? null, won: won ?? null };
    });
  return merged(current, [], conflicts);
}

function removed(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const { payload } = current;
  const unseen = patchFields(patchBetween(payload, row.before ?? {}));
  const conflicts = unseen.map((field): FieldConflict => {
    return { type, id, field, kind: 'deletes', lost: boxed(valueOf(payload, field)), won: null };
  });
  const effective: SyncRow[] = [{ action: 'delete', type, id, before: payload, after: null }];
  return merged({ ...current, deleted: true }, effective, conflicts);
}
