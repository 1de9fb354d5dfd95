import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { callerOf } from './auth/sessions.ts';
import type { RequestContext, SignedInContext } from './context.ts';

/** Named, because TypeScript cannot write out the type of all operations. */
type Open = ImplementerInternalWithMiddlewares<ServerContract, RequestContext, RequestContext>;
type SignedIn = ImplementerInternalWithMiddlewares<ServerContract, RequestContext, SignedInContext>;

/** Operations that need no sign-in. */
export const open: Open = implement(serverContract).$context<RequestContext>();

/** Operations that need a signed-in user. */
export const signedIn: SignedIn = open.use(async ({ context, next }) => {
  const caller = await callerOf(context);
  return next({ context: { caller } });
});

/** Operations for admins. */
export const forAdmins: SignedIn = signedIn.use(({ context, next }) => {
  if (context.caller.role !== 'admin')
    throw new ServerFault('FORBIDDEN', 'Only an admin of the server may do that.', { rule: 'admins_only' });
  return next({ context });
});
