import { ServerFault } from '#shared/contract/server/faults.ts';
import type { RequestContext } from '../context.ts';
import { isoTime } from '../db/time.ts';
import { recordAuthEvent } from './events.ts';

const minuteMs = 60_000;
const maxFailures = 5;
const failurePeriodMs = 15 * minuteMs;
/** The first lock lasts a minute. Each further lock doubles, up to an hour. A day without a lock resets this. */
const [firstLockMs, maxLockMs, resetAfterMs] = [minuteMs, 60 * minuteMs, 24 * 60 * minuteMs];

interface Failures {
  failures: number;
  since: string;
  locks: number;
  locked_until: string | null;
}

const selectFailures = `SELECT failures, since, locks, locked_until FROM sign_in_failures WHERE email = $1 FOR UPDATE`;

/** Concurrent password checks of one server. Each holds a connection while it hashes. */
export const maxConcurrentSignIns = 4;

/** Checks a password and counts failures, one attempt per email at a time, also of unknown emails. Throws ACCOUNT_LOCKED. */
export async function attemptSignIn(
  context: RequestContext,
  email: string,
  checkPassword: () => Promise<boolean>,
): Promise<boolean> {
  const { database, now, signInSemaphore } = context.services;
  const outcome = await signInSemaphore.run(() =>
    database.transaction(async (sql): Promise<{ isRight: boolean } | { until: string }> => {
      const time = now();
      await sql.run(
        'INSERT INTO sign_in_failures (email, failures, since, locks) VALUES ($1, 0, $2, 0) ON CONFLICT DO NOTHING',
        [email, isoTime(time)],
      );
      const row = await sql.get<Failures>(selectFailures, [email]);
      if (!row) throw new Error('the new row of sign-in failures is missing');
      const isReset = Date.parse(row.locked_until ?? row.since) < time - resetAfterMs;
      const locks = isReset ? 0 : row.locks;
      if (row.locked_until !== null && Date.parse(row.locked_until) > time)
        return { until: row.locked_until };
      if (await checkPassword()) {
        await sql.run(
          'UPDATE sign_in_failures SET failures = 0, locks = 0, locked_until = NULL WHERE email = $1',
          [email],
        );
        return { isRight: true };
      }
      const isPeriodOver = Date.parse(row.since) <= time - failurePeriodMs;
      const failures = isPeriodOver ? 1 : row.failures + 1;
      const isLocking = failures >= maxFailures;
      const lockMs = Math.min(firstLockMs * 2 ** locks, maxLockMs);
      await sql.run(
        'UPDATE sign_in_failures SET failures = $2, since = $3, locks = $4, locked_until = $5 WHERE email = $1',
        [
          email,
          isLocking ? 0 : failures,
          isPeriodOver || isLocking ? isoTime(time) : row.since,
          locks + (isLocking ? 1 : 0),
          isLocking ? isoTime(time + lockMs) : null,
        ],
      );
      return { isRight: false };
    }),
  );
  if ('isRight' in outcome) return outcome.isRight;
  await recordAuthEvent(context, { event: 'token_locked', user: null, email });
  throw accountLocked(outcome.until, now());
}

function accountLocked(until: string, time: number): ServerFault<'ACCOUNT_LOCKED'> {
  const minutes = Math.ceil((Date.parse(until) - time) / minuteMs);
  return new ServerFault('ACCOUNT_LOCKED', { until, minutes });
}
