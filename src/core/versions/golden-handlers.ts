import { operations } from '../model/implement.ts';
import { backgroundJob } from '../model/pipeline.ts';
import type { CallContext } from '../model/services.ts';
import type { JobPace } from '../kernel/progress.ts';
import { listGolden } from './golden-list.ts';
import { publishGolden, verifyGolden } from './golden-publish.ts';
import type { Reading } from './open.ts';

const os = operations.golden;

const reading = ({ services: { files, log } }: CallContext, pace: JobPace): Reading => ({
  files,
  log,
  ...pace,
});

export const goldenStoreHandlers = {
  list: os.list.handler(({ context: { services } }) => listGolden(services)),
  verify: os.verify.handler(
    backgroundJob(({ context }, pace) =>
      verifyGolden({ ...reading(context, pace), resources: context.services.resources }),
    ),
  ),
  publish: os.publish.handler(
    backgroundJob(({ input, context }, pace) => publishGolden(context, reading(context, pace), input.note)),
  ),
};
