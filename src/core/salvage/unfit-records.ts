import { canBeEnd } from '#shared/domain/references.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { toSkipped } from './candidates.ts';
import type { Candidate, SkippedRecord } from './candidates.ts';
import { putRecord } from '../log/audit/fill-from-log.ts';

/**
 * Removes from `rowsToSalvage` rows that their table refuses, then repeatedly rows that refer to missing ones or leave others without
 * their target. Tries the rows in the file and rolls back. Returns the removed rows.
 */
export function removeUnfit(db: Connection, rowsToSalvage: Map<string, Candidate>): SkippedRecord[] {
  const skipped: SkippedRecord[] = [];
  const removeRow = (id: string, why: 'unfit' | 'refers'): boolean => {
    const row = rowsToSalvage.get(id);
    if (!row) return false;
    rowsToSalvage.delete(id);
    skipped.push(toSkipped(row.type, id, row.payload, why));
    return true;
  };
  for (let hasChanged = true; hasChanged;) {
    db.exec('BEGIN');
    try {
      for (const [id, row] of rowsToSalvage) {
        try {
          putRecord(db, row.type, id, row);
        } catch (error) {
          if (!String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) throw error;
          removeRow(id, 'unfit');
        }
      }
      hasChanged = false;
      for (const { id, targetIds } of findMisfits(db)) {
        // Removes the referring record; if that comes from the log, removes the salvaged state of its targets instead.
        const isRemoved =
          removeRow(id, 'refers') || targetIds.map((targetId) => removeRow(targetId, 'refers')).some(Boolean);
        hasChanged ||= isRemoved;
      }
    } finally {
      db.exec('ROLLBACK');
    }
  }
  return skipped;
}

interface Misfit {
  id: string;
  targetIds: string[];
}

const referenceFields = ['university_id', 'project_id', 'team_id', 'from', 'to'];

const endIdsQuery = entityTypes
  .filter(canBeEnd)
  .map((type) => `SELECT id FROM ${tableOf[type]}`)
  .join(' UNION ALL ');
const endlessLinksQuery = `SELECT rowid FROM interfaces WHERE deleted_at IS NULL AND hidden = 1
  AND (from_id NOT IN (${endIdsQuery}) OR to_id NOT IN (${endIdsQuery}))`;

/**
 * Records with missing required references: to their university, or to an interface's end. Such records would never be visible; other
 * missing references dangle.
 */
function findMisfits(db: Connection): Misfit[] {
  const misfitsById = new Map<string, Misfit>();
  const add = (table: string, rowid: number): void => {
    const row = db.get<{ id: string; payload: string }>(
      `SELECT id, payload FROM "${table}" WHERE rowid = ?`,
      [rowid],
    );
    if (!row) return;
    const fields = JSON.parse(row.payload) as JsonObject;
    const targetIds = referenceFields
      .map((field) => fields[field])
      .filter((targetId) => typeof targetId === 'string');
    misfitsById.set(row.id, { id: row.id, targetIds });
  };
  for (const { table, rowid } of db.raw.prepare('PRAGMA foreign_key_check').all() as {
    table: string;
    rowid: number;
  }[])
    add(table, rowid);
  for (const rowid of db.column<number>(endlessLinksQuery)) add('interfaces', rowid);
  return [...misfitsById.values()];
}
