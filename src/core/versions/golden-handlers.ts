import { operations } from '../model/implement.ts';
import { job } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { listGolden } from './golden-list.ts';
import { publishGolden, verifyGolden } from './golden-publish.ts';
import type { Reading } from './open.ts';

const os = operations.golden;

const reading = ({ services }: CallContext, tell: OnProgress, signal: AbortSignal): Reading => {
  const { files, log, source } = services;
  return { files, log, clock: source.clock, tell, signal };
};

export const goldenStoreHandlers = {
  list: os.list.handler(({ context: { services } }) => listGolden(services)),
  verify: os.verify.handler(
    job(({ context, signal: given }) => {
      const { background, resources } = context.services;
      return background.stream(
        (tell, signal) => verifyGolden({ ...reading(context, tell, signal), resources }),
        given,
      );
    }),
  ),
  publish: os.publish.handler(
    job(({ input, context, signal: given }) =>
      context.services.background.stream(
        (tell, signal) => publishGolden(context, reading(context, tell, signal), input.note),
        given,
      ),
    ),
  ),
};
