import { operations } from '../model/implement.ts';
import { feed, job } from '../model/pipeline.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import type { CallContext } from '../model/services.ts';
import { mergeBaseOf } from './base.ts';
import type { Sides } from './differences.ts';
import { networkOfDifferences } from './network.ts';
import { comparisonCache } from './comparison-cache.ts';
import { comparePage } from './page.ts';
import { promote, refresh } from './promote.ts';
import { withLive, withPlay } from './sides.ts';
import { watchSides } from './watch.ts';

const os = operations.sandboxes;

/** Reads each side in one snapshot and works on the differences; other calls continue meanwhile. */
function compared<T>(
  { services }: CallContext,
  id: string,
  work: (sides: Sides, facts: SandboxFacts) => Generator<number, T, void>,
  signal?: AbortSignal,
) {
  return services.background.stream(
    (tell, given) =>
      withPlay(services, id, (play, facts) =>
        withLive(services, (live) => {
          const sides = { live, play, mergeBase: mergeBaseOf(live, play, facts) };
          const pace = { step: 'checking', total: null, clock: services.source.clock, signal: given };
          return completed(streamed(work(sides, facts), pace), tell);
        }),
      ),
    signal,
  );
}

export const compareHandlers = {
  compare: os.compare.handler(
    job(({ input: { id, ...asked }, context, signal }) =>
      compared(
        context,
        id,
        (sides, facts) => comparePage(sides, facts, asked, comparisonCache(context.services)),
        signal,
      ),
    ),
  ),
  compareNetwork: os.compareNetwork.handler(
    job(({ input: { id, ...asked }, context, signal }) =>
      compared(context, id, (sides) => networkOfDifferences(sides, asked), signal),
    ),
  ),
  watch: os.watch.handler(
    feed(({ input, context, signal }) => watchSides(context.services, input.id, signal)),
  ),
  promote: os.promote.handler(job(({ input, context, signal }) => promote(context, input, signal))),
  refresh: os.refresh.handler(job(({ input, context, signal }) => refresh(context, input, signal))),
};
