import { mergeEvidenceLists } from '../domain/evidence.ts';
import type { Json } from '../domain/json.ts';
import { jsonEqual } from '../domain/json.ts';
import { applyPatch, isEmptyPatch, patchBetween, patchedFields, valueOf } from '../domain/patch.ts';
import type { FieldConflict, SyncRecord, SyncRow } from './operation.ts';

/** Why a row cannot be applied; the whole operation is rejected then. */
export type RowRefusal = 'missing' | 'other_type';

/** Result of merging a row: the new record, the rows that changed it, and the conflicts. */
export interface MergedRow {
  record: SyncRecord;
  effectiveRows: SyncRow[];
  conflicts: FieldConflict[];
}

/**
 * Merges an incoming row into the server's record; `current` is undefined if the id never existed at the server. If the author knew a
 * field's current value, the author's value wins. Otherwise the later write wins; `isNewer` says whether the incoming write is later. A
 * delete wins over changes that its author had not seen; the changes are kept as conflicts. Creating an existing record updates it. The
 * evidence of a task is merged item by item.
 */
export function mergeRow(
  current: SyncRecord | undefined,
  row: SyncRow,
  isNewer: (field: string) => boolean,
): MergedRow | RowRefusal {
  if (current && current.type !== row.type) return 'other_type';
  if (!current) {
    // A record whose creation was rejected and then restored is new to the server.
    if (row.action !== 'create' && row.action !== 'restore') return 'missing';
    const creation: SyncRow = { ...row, action: 'create', before: null };
    return mergeResult({ type: row.type, payload: row.after ?? {}, deleted: false }, [creation]);
  }
  switch (row.action) {
    case 'create':
      return current.deleted
        ? recreateRecord(current, row)
        : mergeFields(current, { ...row, before: {} }, isNewer);
    case 'update':
      return current.deleted ? updateDeleted(current, row) : mergeFields(current, row, isNewer);
    case 'delete':
      return current.deleted ? mergeResult(current) : deleteRecord(current, row);
    case 'restore':
      if (!current.deleted) return mergeResult(current);
      return mergeResult({ ...current, deleted: false }, [{ ...row, before: null, after: current.payload }]);
  }
}

const mergeResult = (
  record: SyncRecord,
  effectiveRows: SyncRow[] = [],
  conflicts: FieldConflict[] = [],
): MergedRow => ({ record, effectiveRows, conflicts });

const boxValue = (value: Json | undefined): FieldConflict['lost'] => (value === undefined ? null : { value });

function mergeFields(current: SyncRecord, row: SyncRow, isNewer: (field: string) => boolean): MergedRow {
  const { type, id } = row;
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  const conflicts: FieldConflict[] = [];
  for (const field of patchedFields(row)) {
    const [currentValue, baseValue, newValue] = [current.payload, row.before, row.after].map((side) =>
      valueOf(side, field),
    );
    if (jsonEqual(currentValue, newValue)) continue;
    if (type === 'task' && field === 'evidence') {
      // Written even if it stays the same, because the author has another value.
      if (currentValue !== undefined) before[field] = currentValue;
      after[field] = mergeEvidenceLists(baseValue, currentValue, newValue);
      continue;
    }
    if (!jsonEqual(currentValue, baseValue)) {
      const isIncomingNewer = isNewer(field);
      const [lost, won] = isIncomingNewer ? [currentValue, newValue] : [newValue, currentValue];
      const kind = isIncomingNewer ? 'newer' : 'older';
      conflicts.push({ type, id, field, kind, lost: boxValue(lost), won: boxValue(won) });
      if (!isIncomingNewer) continue;
    }
    if (currentValue !== undefined) before[field] = currentValue;
    if (newValue !== undefined) after[field] = newValue;
  }
  if (isEmptyPatch({ before, after })) return mergeResult(current, [], conflicts);
  const payload = applyPatch(current.payload, { before, after });
  return mergeResult({ ...current, payload }, [{ action: 'update', type, id, before, after }], conflicts);
}

/** Restores the deleted record with the author's payload, because the author did not know the record. */
function recreateRecord(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const restoreRow: SyncRow = { action: 'restore', type, id, before: null, after: current.payload };
  const payload = row.after ?? {};
  const patch = patchBetween(current.payload, payload);
  const updateRow: SyncRow = { action: 'update', type, id, ...patch };
  return mergeResult(
    { type, payload, deleted: false },
    isEmptyPatch(patch) ? [restoreRow] : [restoreRow, updateRow],
  );
}

function updateDeleted(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const conflicts = patchedFields(row)
    .filter((field) => !jsonEqual(valueOf(current.payload, field), valueOf(row.after, field)))
    .map((field): FieldConflict => {
      const [lost, won] = [row.after, current.payload].map((side) => boxValue(valueOf(side, field)));
      return { type, id, field, kind: 'deleted', lost: lost ?? null, won: won ?? null };
    });
  return mergeResult(current, [], conflicts);
}

function deleteRecord(current: SyncRecord, row: SyncRow): MergedRow {
  const { type, id } = row;
  const { payload } = current;
  const unseenFields = patchedFields(patchBetween(payload, row.before ?? {}));
  const conflicts = unseenFields.map((field): FieldConflict => {
    return { type, id, field, kind: 'deletes', lost: boxValue(valueOf(payload, field)), won: null };
  });
  const effectiveRows: SyncRow[] = [{ action: 'delete', type, id, before: payload, after: null }];
  return mergeResult({ ...current, deleted: true }, effectiveRows, conflicts);
}
