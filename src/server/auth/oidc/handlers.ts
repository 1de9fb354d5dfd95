import { createHash } from 'node:crypto';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { anonymous } from '../../procedures.ts';
import { userById } from '../../users/store.ts';
import { recordAuthEvent } from '../events.ts';
import { beginSession } from '../sessions.ts';
import { signInProblems } from './problem.ts';
import { hasSignIn, storeSignIn, longestSignIn, outcomeOf } from './sign-ins.ts';

/** Seconds between two polls of a client. */
const interval = 2;

export const oidcHandlers = {
  oidcStart: anonymous.auth.oidcStart.handler(async ({ input, context }) => {
    const { database, oidc, now, log } = context.services;
    if (!oidc)
      throw new ServerFault(
        'NO_OIDC',
        'Nobody signs in to this server by their university: use a password.',
        {},
      );
    const { url, ...expected } = await oidc.begin().catch((error: unknown) => {
      log.error({ err: error }, 'the provider of sign-ins cannot be reached');
      throw new ServerFault('UNAVAILABLE', 'The sign-in of your university cannot be reached just now.', {});
    });
    const handle = await storeSignIn(database, now(), { ...expected, device: input.device });
    return { url, handle, expires_in: longestSignIn, interval };
  }),
  oidcToken: anonymous.auth.oidcToken.handler(async ({ input: { handle }, context }) => {
    const { services, limits, address } = context;
    const { database, now } = services;
    // Clients poll often, so a pending sign-in has its own budget instead of that of the address.
    if (await hasSignIn(database, now(), handle)) await limits.charge('user', budgetOf(handle));
    else await limits.charge('address', address);
    const outcome = await outcomeOf(database, now(), handle);
    if (outcome === 'pending') return { signed_in: null };
    if (outcome === null) {
      await recordAuthEvent(context, { event: 'oidc_refused', user: null });
      throw new ServerFault('INVALID_CREDENTIALS', 'That sign-in is over. Begin it again.', {});
    }
    const { user_id, problem, device } = outcome;
    if (problem !== null)
      throw new ServerFault('FORBIDDEN', signInProblems[problem], { rule: `sign_in_${problem}` });
    const user = await userById(database, user_id ?? '');
    await recordAuthEvent(context, { event: 'oidc', user: user.id, email: user.email });
    return { signed_in: { ...(await beginSession(services, user.id, device)), user } };
  }),
};

const budgetOf = (handle: string): string => `oidc:${createHash('sha256').update(handle).digest('hex')}`;
