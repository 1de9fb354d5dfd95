import { createHash } from 'node:crypto';
import { networkFailureOf } from '#http/failure.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { networkText } from '#shared/texts/fault-text.ts';
import { anonymousProcedure, signedIn } from '../procedures.ts';
import { createUser, userByEmail, userById } from '../users/store.ts';
import { recordAuthEvent } from './events.ts';
import { attemptSignIn } from './lockout.ts';
import { isPassword, hashPassword } from './passwords.ts';
import { beginSession, endSession, notSignedIn, refreshSession } from './sessions.ts';
import type { SignedInContext } from '../context.ts';
import { isoTime } from '../db/time.ts';
import { hasSignIn, storeSignIn, signInLifetimeSeconds, consumeOutcome } from './oidc/sign-ins.ts';

const pollSeconds = 2;

/** Why a request did not reach its server; '' for other errors. */
function reachText(error: unknown): string {
  const failure = networkFailureOf(error);
  return failure ? networkText(failure.problem) : '';
}

const oidcHandlers = {
  oidcStart: anonymousProcedure.auth.oidcStart.handler(async ({ input, context }) => {
    const { database, oidc, now, log } = context.services;
    if (!oidc) throw new ServerFault('NO_OIDC', {});
    const { url, ...expected } = await oidc.begin().catch((error: unknown) => {
      log.error({ err: error }, `the provider of sign-ins cannot be reached. ${reachText(error)}`);
      throw new ServerFault('UNAVAILABLE', {}, 'oidc');
    });
    const handle = await storeSignIn(database, now(), { ...expected, device: input.device });
    return { url, handle, expires_in: signInLifetimeSeconds, interval: pollSeconds };
  }),
  oidcToken: anonymousProcedure.auth.oidcToken.handler(async ({ input: { handle }, context }) => {
    const { services, limits, address } = context;
    const { database, now } = services;
    // Clients poll often, so a pending sign-in has its own budget instead of that of the address.
    if (await hasSignIn(database, now(), handle)) await limits.charge('user', budgetKeyOf(handle));
    else await limits.charge('address', address);
    const outcome = await consumeOutcome(database, now(), handle);
    if (outcome === 'pending') return { signed_in: null };
    if (outcome === null) {
      await recordAuthEvent(context, { event: 'oidc_refused', user: null });
      throw new ServerFault('INVALID_CREDENTIALS', {}, 'ended');
    }
    const { user_id, problem, device } = outcome;
    if (problem !== null) throw new ServerFault('FORBIDDEN', { rule: `sign_in_${problem}` });
    const user = await userById(database, user_id ?? '');
    await recordAuthEvent(context, { event: 'oidc', user: user.id, email: user.email });
    return { signed_in: { ...(await beginSession(services, user.id, device)), user } };
  }),
};

const budgetKeyOf = (handle: string): string => `oidc:${createHash('sha256').update(handle).digest('hex')}`;

/** Changes the caller's password and ends their other sessions. Wrong passwords count as failed sign-ins. */
async function changeOwnPassword(
  context: SignedInContext,
  input: { password: string; new_password: string },
): Promise<void> {
  const { services, caller } = context;
  const { database, hints, now } = services;
  const { id, email, session } = caller;
  const account = await userByEmail(database, email);
  if (
    !(await attemptSignIn(context, email, () => isPassword(account?.password_hash ?? null, input.password)))
  ) {
    await recordAuthEvent(context, { event: 'password_refused', user: id, email });
    throw new ServerFault('INVALID_CREDENTIALS', {}, 'password');
  }
  const [password_hash, time] = [await hashPassword(input.new_password), isoTime(now())];
  await database.transaction(async (sql) => {
    await sql.run('UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1', [
      id,
      password_hash,
      time,
    ]);
    await sql.run(
      'UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL',
      [id, session, time],
    );
  });
  await recordAuthEvent(context, { event: 'password', user: id, email });
  hints.publishUserChange(id);
}

export const hashBootstrapToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const authHandlers = {
  bootstrap: anonymousProcedure.auth.bootstrap.handler(async ({ input, context }) => {
    const { services } = context;
    const { bootstrap_token, email, password, name, device } = input;
    const usedTokens = await services.database.run(
      'UPDATE server SET bootstrap_hash = NULL WHERE bootstrap_hash = $1 AND NOT EXISTS (SELECT 1 FROM users)',
      [hashBootstrapToken(bootstrap_token)],
    );
    if (usedTokens === 0) {
      await recordAuthEvent(context, { event: 'bootstrap_refused', user: null, email });
      throw new ServerFault('INVALID_CREDENTIALS', {}, 'bootstrap');
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
  token: anonymousProcedure.auth.token.handler(async ({ input, context }) => {
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
  refresh: anonymousProcedure.auth.refresh.handler(({ input, context }) =>
    refreshSession(context, input.refresh_token),
  ),
  logout: anonymousProcedure.auth.logout.handler(async ({ input, context }) => {
    const user = await endSession(context, input.refresh_token);
    if (user !== null) await recordAuthEvent(context, { event: 'logout', user });
  }),
  ...oidcHandlers,
  changePassword: signedIn.auth.changePassword.handler(({ input, context }) =>
    changeOwnPassword(context, input),
  ),
  me: signedIn.auth.me.handler(({ context }) => userById(context.services.database, context.caller.id)),
};
