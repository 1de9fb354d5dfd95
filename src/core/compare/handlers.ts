import { operations } from '../implement.ts';
import { job } from '../pipeline.ts';
import { completed, streamed } from '../progress.ts';
import { footingOf } from './base.ts';
import { comparePage } from './page.ts';
import { promote, refresh } from './promote.ts';
import { withLive, withPlay } from './sides.ts';

const os = operations.sandboxes;

export const compareHandlers = {
  compare: os.compare.handler(
    job(({ input: { id, ...asked }, context: { services }, signal }) =>
      services.jobs.stream(
        (tell, given) =>
          withPlay(services, id, (play, facts) =>
            withLive(services, (live) => {
              const sides = { live, play, footing: footingOf(live, play, facts) };
              const pace = { step: 'checking', total: null, clock: services.source.clock, signal: given };
              return completed(streamed(comparePage(sides, facts, asked, services.compared), pace), tell);
            }),
          ),
        signal,
      ),
    ),
  ),
  promote: os.promote.handler(job(({ input, context, signal }) => promote(context, input, signal))),
  refresh: os.refresh.handler(job(({ input, context, signal }) => refresh(context, input, signal))),
};
