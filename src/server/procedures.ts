import { issueWithCode } from '#shared/texts/issues.ts';
import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { serverContract } from '#shared/contract/server/index.ts';
import type { ServerContract } from '#shared/contract/server/index.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { maxFields } from '#shared/domain/limits.ts';
import { requireCaller } from './auth/sessions.ts';
import type { RequestContext, SignedInContext } from './context.ts';

/** TypeScript cannot serialise the inferred type of all operations, so it is named. */
type AnonymousBuilder = ImplementerInternalWithMiddlewares<ServerContract, RequestContext, RequestContext>;
type SignedInBuilder = ImplementerInternalWithMiddlewares<ServerContract, RequestContext, SignedInContext>;

export const anonymousProcedure: AnonymousBuilder = implement(serverContract).$context<RequestContext>();

export const signedIn: SignedInBuilder = anonymousProcedure.use(async ({ context, next }) => {
  const caller = await requireCaller(context);
  return next({ context: { caller } });
});

const forbidden = (rule: string): ServerFault => new ServerFault('FORBIDDEN', { rule });

/** Operations that change records. Checks permission before the form, and the number of fields before each field. */
export const forWriters: SignedInBuilder = signedIn.use(({ context, next }, input: unknown) => {
  if (context.caller.role === 'viewer') throw forbidden('viewers_read_only');
  const { body } = input as { body?: object | null };
  if (typeof body === 'object' && body !== null && Object.keys(body).length > maxFields) {
    const issues = [issueWithCode('', 'too_big', 'too_many_fields', { max: maxFields })];
    throw new ServerFault('VALIDATION_ERROR', { issues });
  }
  return next({ context });
});

/** Operations that replace all records. */
export const forResearchers: SignedInBuilder = signedIn.use(({ context, next }) => {
  const { role } = context.caller;
  if (role !== 'admin' && role !== 'researcher') throw forbidden('state_needs_researcher');
  return next({ context });
});

export const forAdmins: SignedInBuilder = signedIn.use(({ context, next }) => {
  if (context.caller.role !== 'admin') throw forbidden('admins_only');
  return next({ context });
});
