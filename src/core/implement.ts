import { implement } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import { translate } from './pipeline.ts';
import type { CallContext } from './services.ts';

/** The contract, to be implemented handler by handler; errors leave it in their declared form only. */
export const operations = implement(contract)
  .$context<CallContext>()
  .use(async ({ context, next, path }) => {
    const { clock } = context.services.source;
    const start = clock.elapsed();
    try {
      const result = await next();
      const ms = Math.round(clock.elapsed() - start);
      context.services.log.debug(
        { requestId: context.session.requestId, operation: path.join('.'), ms },
        'done',
      );
      return result;
    } catch (error) {
      throw translate(error, context);
    }
  });
