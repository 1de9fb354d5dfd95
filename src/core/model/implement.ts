import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { refuseInMoment } from './point-in-time.ts';
import { toWireError } from './pipeline.ts';
import type { CallContext } from './services.ts';

/** Declared, because the inferred type is longer than TypeScript can print. */
type Operations = ImplementerInternalWithMiddlewares<Contract, CallContext, CallContext>;

/** The contract, to be implemented handler by handler. Errors leave it in their declared form only. */
export const operationBuilder: Operations = implement(contract)
  .$context<CallContext>()
  .use(async ({ context, next, path }) => {
    const { clock } = context.services.source;
    const start = clock.elapsed();
    try {
      refuseInMoment(context.services, path);
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
