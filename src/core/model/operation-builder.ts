import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { readOnlyPointFault } from './permissions.ts';
import { toWireError } from './pipeline.ts';
import type { CallContext } from './services.ts';

/** Declared, because the inferred type is longer than TypeScript can print. */
type Operations = ImplementerInternalWithMiddlewares<Contract, CallContext, CallContext>;

/** Builds the handlers of the contract. Every error of a handler is converted to a declared one. */
export const operationBuilder: Operations = implement(contract)
  .$context<CallContext>()
  .use(async ({ context, next, path, procedure }) => {
    const { clock } = context.services.source;
    const start = clock.elapsed();
    try {
      if (context.services.moment && !procedure['~orpc'].meta.atPoint) throw readOnlyPointFault();
      const result = await next();
      const ms = Math.round(clock.elapsed() - start);
      context.services.log.debug(
        { requestId: context.session.requestId, operation: path.join('.'), ms },
        'done',
      );
      return result;
    } catch (error) {
      throw toWireError(error, context);
    }
  });
