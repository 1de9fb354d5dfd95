import type { SalvageReport } from '#shared/contract/salvage.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { isSetting, settingIds } from '../model/workspace-settings.ts';
import type { SkippedRecord } from './candidates.ts';

/** The number of rows of a table; `table` can include a condition. */
export const countRows = (db: Connection, table: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

/** Counts the records with unreadable rows: they can have changed in the unreadable part of the log. */
export function countUnread(db: Connection, scanDb: Connection): number {
  let unread = 0;
  for (const type of auditedTypes)
    for (const id of db.column<string>(`SELECT id FROM ${tableOf[type]}`))
      if (!isSetting(type, id) && !scanDb.get('SELECT 1 AS one FROM records WHERE id = ? LIMIT 1', [id]))
        unread += 1;
  return unread;
}

/** Whether records were taken from the tables, without a history. */
export const hasTaken = ({ tables }: Pick<SalvageReport, 'tables'>): boolean =>
  Object.values(tables).some(({ taken }) => taken > 0);

const withoutSettings = (type: AuditedType): string =>
  type === 'workspace' ? ` AND id NOT IN (${settingIds.map((id) => `'${id}'`).join(', ')})` : '';

/** Per table: readable rows, resulting records, those taken from rows, and those left out. */
export function countTables(
  db: Connection,
  scanDb: Connection,
  rowsToSalvage: ReadonlyMap<string, { type: string; id: string }>,
  skipped: readonly SkippedRecord[],
): SalvageReport['tables'] {
  return Object.fromEntries(
    auditedTypes.map((type) => {
      const countOfType = (records: Iterable<{ type: string; id: string }>): number =>
        [...records].filter((record) => record.type === type && !isSetting(type, record.id)).length;
      const idsQuery = `SELECT count(DISTINCT id) AS n FROM records WHERE type = ?${withoutSettings(type)}`;
      const now = countRows(db, `${tableOf[type]} WHERE deleted_at IS NULL${withoutSettings(type)}`);
      const readCount = scanDb.get<{ n: number }>(idsQuery, [type])?.n ?? 0;
      return [
        tableOf[type],
        { found: readCount, now, taken: countOfType(rowsToSalvage.values()), left: countOfType(skipped) },
      ];
    }),
  );
}
