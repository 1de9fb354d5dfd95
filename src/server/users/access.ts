import type { ServerContract } from '#shared/contract/server/index.ts';
import type { SignedInContext } from '../context.ts';
import { isoTime } from '../db/time.ts';

type AccessEvent =
  | 'users.list'
  | 'users.get'
  | 'users.sessions'
  | 'audit.signIns'
  | 'audit.access'
  | `hooks.${keyof ServerContract['hooks']}`
  | `jobs.${keyof ServerContract['jobs']}`
  | `people.${keyof ServerContract['people']}`
  | `admin.${keyof ServerContract['admin']}`;

/** Records access to one person's data, to many people (null) or to the database. Access to one's own data is not recorded. */
export async function recordAccess(
  { services, caller, address, requestId }: SignedInContext,
  event: AccessEvent,
  subject: string | null,
): Promise<void> {
  if (subject === caller.id) return;
  await services.database.run(
    'INSERT INTO access_events (at, event, user_id, subject, address, request_id) VALUES ($1, $2, $3, $4, $5, $6)',
    [isoTime(services.now()), event, caller.id, subject, address, requestId],
  );
}
