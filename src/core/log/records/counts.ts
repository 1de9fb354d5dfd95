import { visible } from '../../kernel/db/schema.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** How many records there are of each type, by table; visible ones, or the deleted ones. */
export function countRecords(db: ReadHandle, deleted = false): Record<string, number> {
  // Of the deleted ones there is no index: they are what the others leave of all.
  const live = (table: string): string => `(SELECT count(*) FROM ${table} WHERE ${visible()})`;
  const kept = (table: string): string => `(SELECT count(*) FROM ${table} WHERE deleted_at IS NULL)`;
  const all = (table: string): string => `(SELECT count(*) FROM ${table})`;
  const query = entityTypes
    .map((type) => tableOf[type])
    .map(
      (table) =>
        `SELECT '${table}' AS name, ${deleted ? `${all(table)} - ${kept(table)}` : live(table)} AS n`,
    )
    .join(' UNION ALL ');
  return Object.fromEntries(db.all<{ name: string; n: number }>(query).map((row) => [row.name, row.n]));
}
