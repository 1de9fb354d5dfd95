import type { Finding } from '#shared/contract/care.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

/** A clock that is behind by less is no news: others may have written from another computer. In milliseconds. */
const tolerance = 60_000;

/**
 * So many of the newest entries count: what is written with a clock that was set back does not hide it at once, and entries of a clock that
 * was ahead once are forgotten in time.
 */
const latest = `SELECT max(created_at) AS newest FROM
  (SELECT created_at FROM audit_transactions ORDER BY id DESC LIMIT 20)`;

/**
 * Whether the clock of this computer is behind the log, as one that was set back is. The order of the log is that of its entries and not
 * of their times. `now` is in milliseconds.
 */
export function clockFinding(db: ReadHandle, now: number): Finding {
  const newest = db.get<{ newest: string | null }>(latest)?.newest ?? '';
  const behind = newest === '' ? 0 : Date.parse(newest) - now;
  if (behind > tolerance)
    return { id: 'clock', state: 'warn', code: 'clock.behind', params: { newest, behind } };
  return { id: 'clock', state: 'good', code: 'clock.right', params: {} };
}
