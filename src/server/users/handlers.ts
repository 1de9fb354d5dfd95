import { ServerFault } from '#shared/contract/server/faults.ts';
import type { Session } from '#shared/contract/server/users.ts';
import type { Caller } from '../context.ts';
import { isoTime } from '../db/time.ts';
import { forAdmins, signedIn } from '../procedures.ts';
import { recordAccess } from './access.ts';
import { createUser, listUsers, updateUser, userById } from './store.ts';

export const userHandlers = {
  list: forAdmins.users.list.handler(async ({ input, context }) => {
    await recordAccess(context, 'users.list', null);
    return listUsers(context.services.database, input);
  }),
  get: forAdmins.users.get.handler(async ({ input, context }) => {
    const user = await userById(context.services.database, input.params.id);
    await recordAccess(context, 'users.get', user.id);
    return user;
  }),
  create: forAdmins.users.create.handler(({ input, context }) =>
    createUser(context, input, context.caller.id),
  ),
  update: forAdmins.users.update.handler(({ input, context }) =>
    updateUser(context, context.caller.id, input.params.id, input.body),
  ),
  replace: forAdmins.users.replace.handler(({ input, context }) =>
    updateUser(context, context.caller.id, input.params.id, input.body),
  ),
  remove: forAdmins.users.remove.handler(async ({ input, context }) => {
    await updateUser(context, context.caller.id, input.params.id, { active: false, deleted: true });
  }),
  sessions: signedIn.users.sessions.handler(async ({ input, context }) => {
    const { caller, services } = context;
    const { id } = input.params;
    if (id !== caller.id && caller.role !== 'admin')
      throw new ServerFault('FORBIDDEN', {
        rule: 'admins_only',
      });
    await userById(services.database, id);
    await recordAccess(context, 'users.sessions', id);
    const data = await services.database.all<Session>(
      `SELECT id, device, created_at, used_at, expires_at, id = $2 AS current FROM sessions
       WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $3 ORDER BY used_at DESC, id`,
      [id, caller.session, isoTime(services.now())],
    );
    return { data };
  }),
  revokeSession: signedIn.users.revokeSession.handler(async ({ input, context }) => {
    const { services, caller } = context;
    const { id } = input.params;
    const session = await services.database.get<{ user_id: string }>(
      `UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL AND ($3::text IS NULL OR user_id = $3) RETURNING user_id`,
      [id, isoTime(services.now()), ownerFor(caller)],
    );
    // Does not reveal whether another user has this session.
    if (!session) throw new ServerFault('SESSION_NOT_FOUND', { id });
    services.hints.publishUserChange(session.user_id);
  }),
};

/** The user whose sessions the caller may end; null for an admin, who may end all. */
const ownerFor = ({ role, id }: Caller): string | null => (role === 'admin' ? null : id);
