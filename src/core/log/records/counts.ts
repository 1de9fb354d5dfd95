import { visible } from '../../kernel/db/schema.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** How many records there are of each type that the schema has, by table: visible ones, deleted ones, or all that are not deleted, hidden or not. */
export function countRecords(
  db: ReadHandle,
  which: 'visible' | 'deleted' | 'undeleted' = 'visible',
): Record<string, number> {
  const live = (table: string): string => `(SELECT count(*) FROM ${table} WHERE ${visible()})`;
  const undeleted = (table: string): string => `(SELECT count(*) FROM ${table} WHERE deleted_at IS NULL)`;
  // Of the deleted ones there is no index: they are what the others leave of all.
  const deleted = (table: string): string => `(SELECT count(*) FROM ${table}) - ${undeleted(table)}`;
  const count = { visible: live, deleted, undeleted }[which];
  const there = tablesIn(db);
  const query = entityTypes
    .map((type) => tableOf[type])
    .filter((table) => there.has(table))
    .map((table) => `SELECT '${table}' AS name, ${count(table)} AS n`)
    .join(' UNION ALL ');
  return Object.fromEntries(db.all<{ name: string; n: number }>(query).map((row) => [row.name, row.n]));
}
