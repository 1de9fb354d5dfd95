import type { z } from 'zod';
import type { compare, Comparison } from '#shared/contract/compare.ts';
import { operations } from '../model/implement.ts';
import { backgroundJob, feed, writeJob } from '../model/pipeline.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import type { CallContext, Services } from '../model/services.ts';
import { mergeBaseOf } from './base.ts';
import type { Sides } from './between.ts';
import { networkOfDifferences } from './network.ts';
import { comparisonCache } from './comparison-cache.ts';
import { headOf, pageOf } from './page.ts';
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

type Asked = Omit<z.output<(typeof compare)['~orpc']['inputSchema'] & z.ZodType>, 'id'>;

function* page(
  services: Services,
  sides: Sides,
  { id, name }: SandboxFacts,
  asked: Asked,
): Generator<number, Comparison, void> {
  const { base, based } = sides.mergeBase;
  const [live, play] = [headOf(sides.live), headOf(sides.play)];
  // The sandbox's facts, which give the base, are not in a log.
  const state = JSON.stringify([id, live.hash, play.hash, sides.mergeBase]);
  const kept = yield* comparisonCache(services).follow(sides, state);
  return {
    sandbox: { id, name },
    base: base && { id: base.id, hash: base.hash },
    based,
    live,
    play,
    counts: { ...kept.counts },
    ...(yield* pageOf(sides, kept, asked)),
  };
}

export const compareHandlers = {
  compare: os.compare.handler(
    backgroundJob(({ input: { id, ...asked }, context }, pace) =>
      compared(context, id, pace, (sides, facts) => page(context.services, sides, facts, asked)),
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
