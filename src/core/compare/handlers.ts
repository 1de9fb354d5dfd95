import type { z } from 'zod';
import type { compare, Comparison } from '#shared/contract/compare.ts';
import { operations } from '../model/implement.ts';
import { feed, job } from '../model/pipeline.ts';
import { completed, streamed } from '../kernel/progress.ts';
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
    job(({ input: { id, ...asked }, context, signal }) =>
      compared(context, id, (sides, facts) => page(context.services, sides, facts, asked), signal),
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
