import { createHash } from 'node:crypto';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { open, signedIn } from '../procedures.ts';
import { createUser, userByEmail, userById } from '../users/store.ts';
import { noteAuth } from './events.ts';
import { oidcHandlers } from './oidc/handlers.ts';
import { attempt } from './lockout.ts';
import { changeOwnPassword } from './own-password.ts';
import { isPassword } from './passwords.ts';
import { beginSession, endSession, notSignedIn, refreshSession } from './sessions.ts';

export const hashOfBootstrap = (token: string): string => createHash('sha256').update(token).digest('hex');

export const authHandlers = {
  bootstrap: open.auth.bootstrap.handler(async ({ input, context }) => {
    const { services } = context;
    const { bootstrap_token, email, password, name, device } = input;
    const used = await services.database.run(
      'UPDATE server SET bootstrap_hash = NULL WHERE bootstrap_hash = $1 AND NOT EXISTS (SELECT 1 FROM users)',
      [hashOfBootstrap(bootstrap_token)],
    );
    if (used === 0) {
      await noteAuth(context, { event: 'bootstrap_refused', user: null, email });
      throw new ServerFault(
        'INVALID_CREDENTIALS',
        'The bootstrap token is not right, or has been used: it makes the first admin once.',
        {},
      );
    }
    const user = await createUser(context, {
      email,
      password,
      name,
      role: 'admin',
      university_id: null,
      sees: 'all',
    });
    await noteAuth(context, { event: 'bootstrap', user: user.id, email });
    return { ...(await beginSession(services, user.id, device)), user };
  }),
  token: open.auth.token.handler(async ({ input, context }) => {
    const email = (input.email ?? input.username ?? '').toLowerCase();
    const found = await userByEmail(context.services.database, email);
    const isLetIn = await attempt(
      context,
      email,
      async () =>
        (await isPassword(found?.password_hash ?? null, input.password)) && found?.user.active === true,
    );
    if (!found || !isLetIn) {
      await noteAuth(context, { event: 'token_refused', user: found?.user.id ?? null, email });
      throw notSignedIn();
    }
    const { user } = found;
    await noteAuth(context, { event: 'token', user: user.id, email });
    return { ...(await beginSession(context.services, user.id, input.device)), user };
  }),
  refresh: open.auth.refresh.handler(({ input, context }) => refreshSession(context, input.refresh_token)),
  logout: open.auth.logout.handler(async ({ input, context }) => {
    const user = await endSession(context, input.refresh_token);
    if (user !== null) await noteAuth(context, { event: 'logout', user });
  }),
  ...oidcHandlers,
  changePassword: signedIn.auth.changePassword.handler(({ input, context }) =>
    changeOwnPassword(context, input),
  ),
  me: signedIn.auth.me.handler(({ context }) => userById(context.services.database, context.caller.id)),
};
