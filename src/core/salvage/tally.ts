import type { SalvageReport } from '#shared/contract/salvage.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { isUpkeep, upkeepIds } from '../model/workspace-settings.ts';
import type { Left } from './candidates.ts';

/** The number of rows of a table; `table` may include a condition. */
export const countOf = (db: Connection, table: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

/** Records that may have changed in the unreadable part of the log, with unreadable rows. */
export function unreadIn(db: Connection, found: Connection): number {
  let unread = 0;
  for (const type of auditedTypes)
    for (const id of db.column<string>(`SELECT id FROM ${tableOf[type]}`))
      if (!isUpkeep(type, id) && !found.get('SELECT 1 AS one FROM records WHERE id = ? LIMIT 1', [id]))
        unread += 1;
  return unread;
}

/** Whether records were taken from the tables, without a history. */
export const hasTaken = ({ tables }: Pick<SalvageReport, 'tables'>): boolean =>
  Object.values(tables).some(({ taken }) => taken > 0);

const counted = (type: AuditedType): string =>
  type === 'workspace' ? ` AND id NOT IN (${upkeepIds.map((id) => `'${id}'`).join(', ')})` : '';

/** Per table: readable rows, resulting records, those taken from rows, and those left out. */
export function tablesOf(
  db: Connection,
  found: Connection,
  take: ReadonlyMap<string, { type: string; id: string }>,
  left: readonly Left[],
): SalvageReport['tables'] {
  return Object.fromEntries(
    auditedTypes.map((type) => {
      const of = (all: Iterable<{ type: string; id: string }>): number =>
        [...all].filter((one) => one.type === type && !isUpkeep(type, one.id)).length;
      const ids = `SELECT count(DISTINCT id) AS n FROM records WHERE type = ?${counted(type)}`;
      const now = countOf(db, `${tableOf[type]} WHERE deleted_at IS NULL${counted(type)}`);
      const read = found.get<{ n: number }>(ids, [type])?.n ?? 0;
      return [tableOf[type], { found: read, now, taken: of(take.values()), left: of(left) }];
    }),
  );
}
