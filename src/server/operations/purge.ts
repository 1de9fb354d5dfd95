import type { Services } from '../context.ts';
import { iso } from '../db/time.ts';
import { sweepFiles } from '../files/store.ts';

type Purging = Pick<Services, 'database' | 'config' | 'now'>;

const hour = 3_600_000;
const day = 24 * hour;
/** Days that parts of an operation wait for the rest, and that a session which somebody ended is remembered. */
const keptDays = 30;
/** Rows of one statement: nobody is to wait for a long one. */
const batch = 10_000;

const dated = (table: string, condition: string): string =>
  `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${batch}))`;

/**
 * Removes what is kept no longer, once a day, whichever of several servers comes first. Changes of records stay in their audit for good. Returns how many
 * rows went of each table; null where it has been done already.
 */
export async function purge({ database, config, now }: Purging): Promise<Record<string, number> | null> {
  const time = now();
  // Not held while rows are deleted: the history is written under a lock of this row.
  const isOurs = await database.run(
    'UPDATE server SET purged_at = $1 WHERE purged_at IS NULL OR purged_at <= $2 OR purged_at > $3',
    // A clock that was far ahead once is to keep nobody from it.
    [iso(time), iso(time - day + hour), iso(time + day)],
  );
  if (isOurs === 0) return null;
  const audited = iso(time - config.auditDays * day);
  const old = iso(time - keptDays * day);
  const gone: Record<string, number> = {};
  for (const [table, condition, values] of [
    ['auth_events', 'at < $1', [audited]],
    ['access_events', 'at < $1', [audited]],
    ['sessions', 'expires_at < $1 OR revoked_at < $2', [iso(time), old]],
    ['operation_parts', 'received_at < $1', [old]],
    ['oidc_sign_ins', 'expires_at < $1', [iso(time)]],
    ['sign_in_failures', 'coalesce(locked_until, since) < $1', [iso(time - day)]],
  ] as const) {
    gone[table] = 0;
    for (let done = batch; done === batch; gone[table] += done)
      done = await database.run(dated(table, condition), values);
  }
  gone['files'] = await sweepFiles({ database }, old);
  return gone;
}
