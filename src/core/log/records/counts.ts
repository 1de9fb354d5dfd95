import { visibleCondition } from '../../kernel/db/schema.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** Counts records per table for each type that the schema has. `undeleted` includes hidden records. */
export function countRecords(
  db: ReadHandle,
  filter: 'visible' | 'deleted' | 'undeleted' = 'visible',
): Record<string, number> {
  const visibleCount = (table: string): string =>
    `(SELECT count(*) FROM ${table} WHERE ${visibleCondition()})`;
  const undeleted = (table: string): string => `(SELECT count(*) FROM ${table} WHERE deleted_at IS NULL)`;
  // No index covers deleted records, so they are the difference.
  const deletedCount = (table: string): string => `(SELECT count(*) FROM ${table}) - ${undeleted(table)}`;
  const count = { visible: visibleCount, deleted: deletedCount, undeleted }[filter];
  const tables = tablesIn(db);
  const query = entityTypes
    .map((type) => tableOf[type])
    .filter((table) => tables.has(table))
    .map((table) => `SELECT '${table}' AS name, ${count(table)} AS n`)
    .join(' UNION ALL ');
  return Object.fromEntries(db.all<{ name: string; n: number }>(query).map((row) => [row.name, row.n]));
}
