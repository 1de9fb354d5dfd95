import type { Services } from '../context.ts';
import { trainKind } from '../knowledge/base.ts';
import { purge } from '../operations/purge.ts';
import type { ServerJobKind } from './runner.ts';

const hour = 3_600_000;

/** Every kind of job of the server. */
export const serverJobKinds = (
  services: Pick<Services, 'database' | 'config' | 'now'>,
): Readonly<Record<string, ServerJobKind>> => ({
  // Looks whether it is time, and removes what is kept no longer once a day.
  purge: {
    maxAttempts: 3,
    every: hour,
    run: async () => ({ removed: await purge(services) }),
  },
  train: trainKind(services),
});
