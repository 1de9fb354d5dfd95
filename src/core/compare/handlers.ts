import { operations } from '../model/implement.ts';
import { backgroundJob, feed, writeJob } from '../model/pipeline.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
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
const compared = <T>(
  { services }: CallContext,
  id: string,
  pace: JobPace,
  work: (sides: Sides, facts: SandboxFacts) => Generator<number, T, void>,
): Promise<T> =>
  withPlay(services, id, (play, facts) =>
    withLive(services, (live) => {
      const sides = { live, play, mergeBase: mergeBaseOf(live, play, facts) };
      return runSteps(pace, 'checking', work(sides, facts));
    }),
  );

export const compareHandlers = {
  compare: os.compare.handler(
    backgroundJob(({ input: { id, ...asked }, context }, pace) =>
      compared(context, id, pace, (sides, facts) =>
        comparePage(sides, facts, asked, comparisonCache(context.services)),
      ),
    ),
  ),
  compareNetwork: os.compareNetwork.handler(
    backgroundJob(({ input: { id, ...asked }, context }, pace) =>
      compared(context, id, pace, (sides) => networkOfDifferences(sides, asked)),
    ),
  ),
  watch: os.watch.handler(
    feed(({ input, context, signal }) => watchSides(context.services, input.id, signal)),
  ),
  promote: os.promote.handler(writeJob(({ input, context }, pace) => promote(context, input, pace))),
  refresh: os.refresh.handler(writeJob(({ input, context }, pace) => refresh(context, input, pace))),
};
