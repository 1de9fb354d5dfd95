import { visibleCondition } from '../../kernel/db/schema.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** Counts records per table for each type that the schema has. `undeleted` includes hidden records. */
export function countRecords(
  db: ReadHandle,
  filter: 'visible' | 'deleted' | 'undeleted' = 'visible',
): Record<string, number> {
  const visibleSql = (table: string): string => `(SELECT count(*) FROM ${table} WHERE ${visibleCondition()})`;
  const undeletedSql = (table: string): string => `(SELECT count(*) FROM ${table} WHERE deleted_at IS NULL)`;
  // No index covers deleted records, so their number is a difference.
  const deletedSql = (table: string): string => `(SELECT count(*) FROM ${table}) - ${undeletedSql(table)}`;
  const countSql = { visible: visibleSql, deleted: deletedSql, undeleted: undeletedSql }[filter];
  const tables = tablesIn(db);
  const query = entityTypes
    .map((type) => tableOf[type])
    .filter((table) => tables.has(table))
    .map((table) => `SELECT '${table}' AS name, ${countSql(table)} AS n`)
    .join(' UNION ALL ');
  return Object.fromEntries(db.all<{ name: string; n: number }>(query).map((row) => [row.name, row.n]));
}
