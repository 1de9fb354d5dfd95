import type { SheetType } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Gathered } from './row-problems.ts';

/** Records read between two pauses. */
const page = 2000;

/** Whether records that are here hold the value of a problem in its field already. */
export type Held = (problem: Pick<Gathered, 'code' | 'field' | 'value'>) => boolean;

/**
 * Looks up which of the words that are on no list live records of the type hold already: somebody kept them on purpose. Yields records
 * read.
 */
export function* findHeld(
  db: ReadHandle,
  type: SheetType,
  problems: readonly Pick<Gathered, 'code' | 'field' | 'value'>[],
): Generator<number, Held, void> {
  const wanted = new Map<string, Set<string>>();
  for (const { code, field, value } of problems) {
    if (code !== 'unknown_choice' || field === null || !fieldOf(type, field)) continue;
    wanted.set(field, (wanted.get(field) ?? new Set()).add(value));
  }
  const held = new Set<string>();
  for (const [field, values] of wanted) {
    const sql = `SELECT max(rowid) AS last, said FROM (
      SELECT rowid, payload ->> ? AS said FROM ${tableOf[type]}
      WHERE deleted_at IS NULL AND rowid > ? ORDER BY rowid LIMIT ${page}) GROUP BY said`;
    type Row = { last: number; said: unknown };
    let last = 0;
    for (let rows = db.all<Row>(sql, [`$.${field}`, 0]); rows.length > 0;) {
      for (const { said, last: seen } of rows) {
        last = Math.max(last, seen);
        if (typeof said === 'string' && values.delete(said)) held.add(`${field} ${said}`);
      }
      yield last;
      rows = values.size === 0 ? [] : db.all<Row>(sql, [`$.${field}`, last]);
    }
  }
  return ({ code, field, value }) => code === 'unknown_choice' && held.has(`${field} ${value}`);
}
