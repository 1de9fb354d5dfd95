import { ServerFault } from '#shared/contract/server/faults.ts';
import type { RequestContext } from '../context.ts';
import { iso } from '../db/time.ts';
import { noteAuth } from './events.ts';

const minute = 60_000;
/** So many attempts that fail within this time lock the account. */
const mostFailures = 5;
const period = 15 * minute;
/** The first lock lasts a minute, each next one twice as long, up to an hour; after a quiet day it begins anew. */
const [firstLock, longestLock, quiet] = [minute, 60 * minute, 24 * 60 * minute];

interface Failures {
  failures: number;
  since: string;
  locks: number;
  locked_until: string | null;
}

const known = `SELECT failures, since, locks, locked_until FROM sign_in_failures WHERE email = $1 FOR UPDATE`;

/**
 * Counts an attempt to sign in as a failure until `clearFailures` says that it was none: so of many at once no more are let in than of one after
 * the other. It is the same for an email that nobody has. Throws ACCOUNT_LOCKED.
 */
export async function countAttempt(context: RequestContext, email: string): Promise<void> {
  const { database, now } = context.services;
  const time = now();
  const until = await database.transaction(async (sql) => {
    await sql.run('DELETE FROM sign_in_failures WHERE coalesce(locked_until, since) < $1', [
      iso(time - quiet),
    ]);
    await sql.run(
      'INSERT INTO sign_in_failures (email, failures, since, locks) VALUES ($1, 0, $2, 0) ON CONFLICT DO NOTHING',
      [email, iso(time)],
    );
    const row = await sql.get<Failures>(known, [email]);
    if (!row) throw new Error('the row of failures that was just made is not there');
    if (row.locked_until !== null && Date.parse(row.locked_until) > time) return row.locked_until;
    const isOld = Date.parse(row.since) <= time - period;
    const failures = isOld ? 1 : row.failures + 1;
    const isLast = failures >= mostFailures;
    const lock = Math.min(firstLock * 2 ** row.locks, longestLock);
    await sql.run(
      'UPDATE sign_in_failures SET failures = $2, since = $3, locks = $4, locked_until = $5 WHERE email = $1',
      [
        email,
        isLast ? 0 : failures,
        isOld || isLast ? iso(time) : row.since,
        row.locks + (isLast ? 1 : 0),
        isLast ? iso(time + lock) : null,
      ],
    );
    return null;
  });
  if (until === null) return;
  await noteAuth(context, { event: 'token_locked', user: null, email });
  throw new ServerFault(
    'ACCOUNT_LOCKED',
    'Too many attempts to sign in failed. Try again later, or ask an admin of the server for a new password.',
    { until },
  );
}

/** Somebody has signed in: what failed before does not count any more. */
export async function clearFailures({ services }: RequestContext, email: string): Promise<void> {
  await services.database.run('DELETE FROM sign_in_failures WHERE email = $1', [email]);
}
