import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';

/** How many records there are of each type, by table; live ones unless the deleted ones are asked for. */
export function countRecords(db: ReadHandle, deleted = false): Record<string, number> {
  const condition = deleted ? 'IS NOT NULL' : 'IS NULL';
  const query = entityTypes
    .map(
      (type) =>
        `SELECT '${tableOf[type]}' AS name, count(*) AS n FROM ${tableOf[type]} WHERE deleted_at ${condition}`,
    )
    .join(' UNION ALL ');
  return Object.fromEntries(db.all<{ name: string; n: number }>(query).map((row) => [row.name, row.n]));
}
