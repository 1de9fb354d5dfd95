import type { ServerContract } from '#shared/contract/server/index.ts';
import type { SignedInContext } from '../context.ts';
import { iso } from '../db/time.ts';

/** What of people is read, or what is done with the database. */
type AccessEvent =
  | 'users.list'
  | 'users.get'
  | 'users.sessions'
  | 'audit.signIns'
  | 'audit.access'
  | `jobs.${keyof ServerContract['jobs']}`
  | `people.${keyof ServerContract['people']}`
  | `admin.${keyof ServerContract['admin']}`;

/** Notes that somebody read data about a person, or about many (null), or was at the database. What one reads of oneself is nobody's business. */
export async function noteAccess(
  { services, caller, address, requestId }: SignedInContext,
  event: AccessEvent,
  subject: string | null,
): Promise<void> {
  if (subject === caller.id) return;
  await services.database.run(
    'INSERT INTO access_events (at, event, user_id, subject, address, request_id) VALUES ($1, $2, $3, $4, $5, $6)',
    [iso(services.now()), event, caller.id, subject, address, requestId],
  );
}
