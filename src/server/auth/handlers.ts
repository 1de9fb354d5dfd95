import { createHash } from 'node:crypto';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { anonymous, signedIn } from '../procedures.ts';
import { createUser, userByEmail, userById } from '../users/store.ts';
import { recordAuthEvent } from './events.ts';
import { oidcHandlers } from './oidc/handlers.ts';
import { attemptSignIn } from './lockout.ts';
import { changeOwnPassword } from './own-password.ts';
import { isPassword } from './passwords.ts';
import { beginSession, endSession, notSignedIn, refreshSession } from './sessions.ts';

export const hashOfBootstrap = (token: string): string => createHash('sha256').update(token).digest('hex');

export const authHandlers = {
  bootstrap: anonymous.auth.bootstrap.handler(async ({ input, context }) => {
    const { services } = context;
    const { bootstrap_token, email, password, name, device } = input;
    const used = await services.database.run(
      'UPDATE server SET bootstrap_hash = NULL WHERE bootstrap_hash = $1 AND NOT EXISTS (SELECT 1 FROM users)',
      [hashOfBootstrap(bootstrap_token)],
    );
    if (used === 0) {
      await recordAuthEvent(context, { event: 'bootstrap_refused', user: null, email });
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
    await recordAuthEvent(context, { event: 'bootstrap', user: user.id, email });
    return { ...(await beginSession(services, user.id, device)), user };
  }),
  token: anonymous.auth.token.handler(async ({ input, context }) => {
    const email = (input.email ?? input.username ?? '').toLowerCase();
    const account = await userByEmail(context.services.database, email);
    const isAccepted = await attemptSignIn(
      context,
      email,
      async () =>
        (await isPassword(account?.password_hash ?? null, input.password)) && account?.user.active === true,
    );
    if (!account || !isAccepted) {
      await recordAuthEvent(context, { event: 'token_refused', user: account?.user.id ?? null, email });
      throw notSignedIn();
    }
    const { user } = account;
    await recordAuthEvent(context, { event: 'token', user: user.id, email });
    return { ...(await beginSession(context.services, user.id, input.device)), user };
  }),
  refresh: anonymous.auth.refresh.handler(({ input, context }) =>
    refreshSession(context, input.refresh_token),
  ),
  logout: anonymous.auth.logout.handler(async ({ input, context }) => {
    const user = await endSession(context, input.refresh_token);
    if (user !== null) await recordAuthEvent(context, { event: 'logout', user });
  }),
  ...oidcHandlers,
  changePassword: signedIn.auth.changePassword.handler(({ input, context }) =>
    changeOwnPassword(context, input),
  ),
  me: signedIn.auth.me.handler(({ context }) => userById(context.services.database, context.caller.id)),
};
