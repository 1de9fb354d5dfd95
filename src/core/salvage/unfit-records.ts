import { mayBeEnd } from '#shared/domain/references.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { leftOf } from './candidates.ts';
import type { Candidate, Left } from './candidates.ts';
import { putRecord } from '../log/audit/fill-from-log.ts';

/**
 * Removes from `take` rows that their table refuses, then repeatedly rows that refer to missing ones or leave others without their target.
 * Tries them in the file and rolls back. Returns the removed rows.
 */
export function leaveUnfit(db: Connection, take: Map<string, Candidate>): Left[] {
  const left: Left[] = [];
  const drop = (id: string, why: 'unfit' | 'refers'): boolean => {
    const one = take.get(id);
    if (!one) return false;
    take.delete(id);
    left.push(leftOf(one.type, id, one.payload, why));
    return true;
  };
  for (let again = true; again;) {
    db.exec('BEGIN');
    try {
      for (const [id, one] of take) {
        try {
          putRecord(db, one.type, id, one);
        } catch (error) {
          if (!String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) throw error;
          drop(id, 'unfit');
        }
      }
      again = false;
      for (const { id, ends } of misfits(db)) {
        // The referring record goes first; if it is as in the log, its target stays unchanged.
        const dropped = drop(id, 'refers') || ends.map((end) => drop(end, 'refers')).some(Boolean);
        again ||= dropped;
      }
    } finally {
      db.exec('ROLLBACK');
    }
  }
  return left;
}

interface Misfit {
  id: string;
  ends: string[];
}

const referring = ['university_id', 'project_id', 'team_id', 'from', 'to'];

const isAnEnd = entityTypes
  .filter(mayBeEnd)
  .map((type) => `SELECT id FROM ${tableOf[type]}`)
  .join(' UNION ALL ');
const withoutEnd = `SELECT rowid FROM interfaces WHERE deleted_at IS NULL AND hidden = 1
  AND (from_id NOT IN (${isAnEnd}) OR to_id NOT IN (${isAnEnd}))`;

/**
 * Records with missing required references: to their university, or to an interface's end. Such records would never be visible; other
 * missing references dangle.
 */
function misfits(db: Connection): Misfit[] {
  const found = new Map<string, Misfit>();
  const add = (table: string, where: string, key: string | number | bigint): void => {
    const row = db.get<{ id: string; payload: string }>(
      `SELECT id, payload FROM "${table}" WHERE ${where} = ?`,
      [key],
    );
    if (!row) return;
    const fields = JSON.parse(row.payload) as JsonObject;
    const ends = referring.map((field) => fields[field]).filter((end) => typeof end === 'string');
    found.set(row.id, { id: row.id, ends });
  };
  for (const { table, rowid } of db.raw.prepare('PRAGMA foreign_key_check').all() as {
    table: string;
    rowid: number;
  }[])
    add(table, 'rowid', rowid);
  for (const rowid of db.column<number>(withoutEnd)) add('interfaces', 'rowid', rowid);
  return [...found.values()];
}
