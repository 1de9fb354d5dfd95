import { operationBuilder } from '../model/operation-builder.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { backgroundJob, streamHandler, writeJob } from '../model/pipeline.ts';
import { runSteps } from '../kernel/progress.ts';
import { mergeBaseOf } from './base.ts';
import { compareSides } from './comparison.ts';
import { networkOfDifferences } from './network.ts';
import { promote, refresh } from './promote.ts';
import { withLive, withSandbox } from './snapshots.ts';
import { watchSides } from './watch.ts';

const os = operationBuilder.sandboxes;

export const compareHandlers = {
  between: operationBuilder.compare.between.handler(
    backgroundJob(async ({ input, context: { services } }, pace) => {
      const { files, log } = services.home;
      const comparison = await compareSides(services, input, { files, log, ...pace });
      return withNamesFromLive(services, comparison, ({ from, to }) =>
        [from, to].map(({ point }) => point?.actor),
      );
    }),
  ),
  network: operationBuilder.compare.network.handler(
    backgroundJob(({ input: { id, ...request }, context: { services } }, pace) =>
      withSandbox(services, id, (sandbox, facts) =>
        withLive(services, (live) => {
          const sides = { ours: live, theirs: sandbox, mergeBase: mergeBaseOf(live, sandbox, facts) };
          return runSteps(pace, 'checking', networkOfDifferences(sides, request));
        }),
      ),
    ),
  ),
};

export const mergeHandlers = {
  watch: os.watch.handler(
    streamHandler(({ input, context, signal }) => watchSides(context.services, input.id, signal)),
  ),
  promote: os.promote.handler(writeJob(({ input, context }, pace) => promote(context, input, pace))),
  refresh: os.refresh.handler(writeJob(({ input, context }, pace) => refresh(context, input, pace))),
};
