import type Database from 'better-sqlite3';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { TestWorkspace } from './workspace.ts';

/** A record as its table has it. */
export interface LiveRow {
  type: AuditedType;
  id: string;
  payload: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

/** Every row of every table of records, by id. */
export function readLive(db: Database.Database): Map<string, LiveRow> {
  const found = new Map<string, LiveRow>();
  for (const type of auditedTypes) {
    const columns = 'id, payload, created_at, updated_at, deleted_at';
    const rows = db.prepare(`SELECT ${columns} FROM ${tableOf[type]}`).all() as Omit<LiveRow, 'type'>[];
    for (const row of rows) {
      if (found.has(row.id)) throw new Error(`two records have the id ${row.id}`);
      found.set(row.id, { type, ...row });
    }
  }
  return found;
}

/** What undo must bring back: the fields and whether the record is there; not when it was changed, nor the order of its fields. */
export function essence(rows: ReadonlyMap<string, LiveRow>): Record<string, unknown> {
  const entries = [...rows.values()]
    .filter((row) => row.deleted_at === null)
    .map(({ type, id, payload }): [string, unknown] => [
      id,
      { type, payload: JSON.parse(payload) as unknown },
    ]);
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** The essence of a workspace's live rows. */
export const stateOf = (workspace: TestWorkspace): Record<string, unknown> =>
  workspace.raw((db) => essence(readLive(db)));
