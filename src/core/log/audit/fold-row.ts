import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { applyPatch, patchedFields, valueOf } from '#shared/domain/patch.ts';

export interface ReplayRow {
  action: 'create' | 'update' | 'delete' | 'restore';
  before: string | null;
  after: string | null;
  created_at: string;
}

export interface FoldedRecord {
  payload: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

/** Applies an audit row to a record. Throws an Error if the row does not fit the record's state. */
export function foldRow(record: FoldedRecord | undefined, row: ReplayRow): FoldedRecord {
  const { action, created_at } = row;
  if (action === 'create') {
    if (record) throw new Error('it was created twice');
    if (row.after === null) throw new Error('its creation has no payload');
    return { payload: row.after, created_at, updated_at: created_at, deleted_at: null };
  }
  if (!record) throw new Error(`its first entry is not a creation but ${action}`);
  if (action === 'restore') {
    if (record.deleted_at === null) throw new Error('it was restored without being deleted');
    if (row.after !== record.payload) throw new Error('it was restored with another payload');
    return { ...record, updated_at: created_at, deleted_at: null };
  }
  if (record.deleted_at !== null) throw new Error(`there is ${action} after it was deleted`);
  if (action === 'delete') {
    if (row.before !== record.payload) throw new Error('it was deleted with another payload');
    return { ...record, updated_at: created_at, deleted_at: created_at };
  }
  return { ...record, payload: foldUpdate(record.payload, row), updated_at: created_at };
}

function foldUpdate(text: string, row: ReplayRow): string {
  const payload = JSON.parse(text) as JsonObject;
  const patch = {
    before: JSON.parse(row.before ?? '{}') as JsonObject,
    after: JSON.parse(row.after ?? '{}') as JsonObject,
  };
  for (const field of patchedFields(patch)) {
    if (!jsonEqual(valueOf(payload, field), valueOf(patch.before, field)))
      throw new Error(`the "before" of ${field} differs from its value`);
  }
  return JSON.stringify(applyPatch(payload, patch));
}
