import { fieldTexts } from '#shared/domain/field-texts.ts';
import { fold } from '#shared/domain/fold.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { Passage } from './passages.ts';

/** Limits for one record: log rows read, values indexed, and characters of each. */
const [mostRows, mostValues, longest] = [100, 20, 2000];

const changes = `SELECT payload_before AS before, created_at FROM audit_logs
  WHERE entity_id = ? AND action = 'update' AND payload_before IS NOT NULL ORDER BY id DESC LIMIT ${mostRows}`;
const add = 'INSERT INTO earlier (record, type, field, text, until) VALUES (?, ?, ?, ?, ?) RETURNING id';

export const removeEarlier = [
  'DELETE FROM earlier_words WHERE rowid IN (SELECT id FROM earlier WHERE record = ?)',
  'DELETE FROM earlier WHERE record = ?',
];

/** Indexes former texts of a record's fields, newest first, except its current ones. */
export function addEarlier(
  db: Connection,
  read: ReadHandle,
  { id, type, current }: { id: string; type: EntityType; current: readonly Passage[] },
): void {
  const key = (field: string, text: string): string => `${field}\n${text}`;
  const known = new Set(current.map(({ field, text }) => key(field, text.slice(0, longest))));
  let left = mostValues;
  for (const { before, created_at } of read.all<{ before: string; created_at: string }>(changes, [id]))
    for (const { field, text } of fieldTexts(type, JSON.parse(before) as JsonObject)) {
      const start = text.slice(0, longest).toWellFormed();
      if (left === 0 || known.has(key(field, start))) continue;
      known.add(key(field, start));
      left -= 1;
      const row = db.get<{ id: number }>(add, [id, type, field, start, created_at]);
      db.write.run('INSERT INTO earlier_words (rowid, text) VALUES (?, ?)', [row?.id ?? 0, fold(start)]);
    }
}
