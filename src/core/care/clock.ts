import type { Finding } from '#shared/contract/care.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

/** Smaller differences are normal: other computers can have written the newest entries. */
const toleranceMs = 60_000;

/** The newest time of the last 20 entries: one entry with a wrong clock neither hides the difference nor is reported forever. */
const newestTimeQuery = `SELECT max(created_at) AS newest FROM
  (SELECT created_at FROM audit_transactions ORDER BY id DESC LIMIT 20)`;

/** Finds whether this computer's clock is behind the times in the log. `now` is in milliseconds. */
export function clockFinding(db: ReadHandle, now: number): Finding {
  const newest = db.get<{ newest: string | null }>(newestTimeQuery)?.newest ?? '';
  const behind = newest === '' ? 0 : Date.parse(newest) - now;
  if (behind > toleranceMs)
    return { id: 'clock', state: 'warn', code: 'clock.behind', params: { newest, behind } };
  return { id: 'clock', state: 'good', code: 'clock.right', params: {} };
}
