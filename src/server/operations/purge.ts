import type { Services } from '../context.ts';
import { isoTime } from '../db/time.ts';
import { sweepFiles } from '../files/store.ts';

type PurgeServices = Pick<Services, 'database' | 'config' | 'now'>;

const hour = 3_600_000;
const day = 24 * hour;
/** Less than a day, because the job that calls this runs each hour. */
const minInterval = day - hour;
/** Days that incomplete operations and revoked sessions are kept. */
const retentionDays = 30;
/** Days that deliveries of webhooks are known. GitHub sends one again within three days. */
const deliveryDays = 90;
/** Rows per statement, to keep locks short. */
const batchSize = 10_000;

const deleteBatch = (table: string, condition: string): string =>
  `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${batchSize}))`;

/** Deletes expired data once a day on one server, never the records' audit. Returns deleted rows by table; null if it is not due. */
export async function purgeOldRows({
  database,
  config,
  now,
}: PurgeServices): Promise<Record<string, number> | null> {
  const time = now();
  // This row does not stay locked during the deletion, because writing the history locks it.
  const claimedRows = await database.run(
    'UPDATE server SET purged_at = $1 WHERE purged_at IS NULL OR purged_at <= $2 OR purged_at > $3',
    // A clock that was once far ahead must not block the purge.
    [isoTime(time), isoTime(time - minInterval), isoTime(time + day)],
  );
  if (claimedRows === 0) return null;
  const auditCutoff = isoTime(time - config.auditDays * day);
  const cutoff = isoTime(time - retentionDays * day);
  const removedCounts: Record<string, number> = {};
  for (const [table, condition, values] of [
    ['auth_events', 'at < $1', [auditCutoff]],
    ['access_events', 'at < $1', [auditCutoff]],
    ['sessions', 'expires_at < $1 OR revoked_at < $2', [isoTime(time), cutoff]],
    ['operation_parts', 'received_at < $1', [cutoff]],
    ['deliveries', `at < $1 AND state <> 'waiting'`, [isoTime(time - deliveryDays * day)]],
    ['oidc_sign_ins', 'expires_at < $1', [isoTime(time)]],
    ['sign_in_failures', 'coalesce(locked_until, since) < $1', [isoTime(time - day)]],
  ] as const) {
    removedCounts[table] = 0;
    for (let deleted = batchSize; deleted === batchSize; removedCounts[table] += deleted)
      deleted = await database.run(deleteBatch(table, condition), values);
  }
  removedCounts['files'] = await sweepFiles({ database }, cutoff);
  return removedCounts;
}
