import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import type { SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import type { LocalChange } from '#shared/sync/replay.ts';
import type { Entry } from './server.ts';

export function rowOf(id: string, change: LocalChange, payload: JsonObject): SyncRow {
  const type = 'team' as const;
  if (change.kind === 'create') return { action: 'create', type, id, before: null, after: change.payload };
  if (change.kind === 'delete') return { action: 'delete', type, id, before: payload, after: null };
  if (change.kind === 'restore') return { action: 'restore', type, id, before: null, after: payload };
  return { action: 'update', type, id, ...change.patch };
}

/** Does a row of the log, as replaying it does. Throws where it cannot follow. */
export function applyRow(records: Map<string, SyncRecord>, row: SyncRow): void {
  const current = records.get(row.id);
  const { type, id, action, before, after } = row;
  if (action === 'create') {
    if (current) throw new Error(`${id} was created twice`);
    records.set(id, { type, payload: after ?? {}, deleted: false });
    return;
  }
  if (!current) throw new Error(`${id} was changed before it was there`);
  if (current.deleted !== (action === 'restore')) throw new Error(`${id}: ${action} does not follow`);
  if (action === 'update')
    records.set(id, { ...current, payload: applyPatch(current.payload, { before, after }) });
  else records.set(id, { ...current, deleted: action === 'delete' });
}

export function followsOn(entries: readonly Entry[], cursor: { seq: number; hash: string }): boolean {
  let last = cursor;
  for (const { seq, hash, previous_hash } of entries) {
    if (seq <= last.seq || (last.seq > 0 && previous_hash !== last.hash)) return false;
    last = { seq, hash };
  }
  return true;
}
