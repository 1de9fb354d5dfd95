import { operations } from '../implement.ts';
import { job } from '../pipeline.ts';
import { healthOf } from './health.ts';
import { statsOf } from './stats.ts';

const os = operations.care;

export const careHandlers = {
  health: os.health.handler(
    job(({ input, context: { services }, signal }) => {
      const { files, source, log } = services;
      return healthOf({ files, clock: source.clock, log, full: input.full, signal });
    }),
  ),
  stats: os.stats.handler(
    job(({ context: { services }, signal }) => statsOf(services.files, services.log, signal)),
  ),
};
