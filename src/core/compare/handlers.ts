import { operationBuilder } from '../model/implement.ts';
import { withGuests } from '../model/guest-names.ts';
import { backgroundJob, feed, writeJob } from '../model/pipeline.ts';
import { runSteps } from '../kernel/progress.ts';
import { mergeBaseOf } from './base.ts';
import { compareSides } from './comparison.ts';
import { networkOfDifferences } from './network.ts';
import { promote, refresh } from './promote.ts';
import { withLive, withPlay } from './snapshots.ts';
import { watchSides } from './watch.ts';

const os = operationBuilder.sandboxes;

export const compareHandlers = {
  between: operationBuilder.compare.between.handler(
    backgroundJob(async ({ input, context: { services } }, pace) => {
      const { files, log } = services.home;
      const found = await compareSides(services, input, { files, log, ...pace });
      return withGuests(services, found, ({ from, to }) => [from, to].map(({ point }) => point?.actor));
    }),
  ),
};

export const mergeHandlers = {
  compareNetwork: os.compareNetwork.handler(
    backgroundJob(({ input: { id, ...request }, context: { services } }, pace) =>
      withPlay(services, id, (play, facts) =>
        withLive(services, (live) => {
          const sides = { live, play, mergeBase: mergeBaseOf(live, play, facts) };
          return runSteps(pace, 'checking', networkOfDifferences(sides, request));
        }),
      ),
    ),
  ),
  watch: os.watch.handler(
    feed(({ input, context, signal }) => watchSides(context.services, input.id, signal)),
  ),
  promote: os.promote.handler(writeJob(({ input, context }, pace) => promote(context, input, pace))),
  refresh: os.refresh.handler(writeJob(({ input, context }, pace) => refresh(context, input, pace))),
};
