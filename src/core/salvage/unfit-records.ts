import { mayBeEnd } from '#shared/domain/references.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { leftOf } from './candidates.ts';
import type { Candidate, Left } from './candidates.ts';
import { putRecord } from '../log/audit/fill-from-log.ts';

/**
 * Leaves out of `take` what does not fit together: rows that their table does not take, and then, again and again, those that refer to what
 * is not there, or are no longer there while others refer to them. It is tried out in the file and taken back. Returns what it left out.
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
        // Who refers goes first; where that one is as the log has it, what it refers to stays as it was.
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
 * Records whose references do not hold: those of a university that is not there, and interfaces with an end that is not there, which nobody could
 * ever see. Other references to what is not there dangle.
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
