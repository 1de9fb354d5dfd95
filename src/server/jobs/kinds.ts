import type { Services } from '../context.ts';
import { trainKind } from '../knowledge/base.ts';
import { purge } from '../operations/purge.ts';
import type { ServerJobKind } from './runner.ts';

const hour = 3_600_000;

export const serverJobKinds = (
  services: Pick<Services, 'database' | 'config' | 'now'>,
): Readonly<Record<string, ServerJobKind>> => ({
  // Runs hourly; removes expired data once a day.
  purge: {
    maxAttempts: 3,
    every: hour,
    run: async () => ({ removed: await purge(services) }),
  },
  train: trainKind(services),
});
