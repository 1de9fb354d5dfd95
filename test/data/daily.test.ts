import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DailyOutcome } from '#core/versions/daily.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { scheduleDailyBackups } from '#data/daily.ts';

const pauses = { afterOpening: 1, afterCheck: 1, afterBackup: 100_000, whileBusy: 1, maxBusyResults: 3 };

test('retries until one is made, waits during writes for a limited time, and continues after failures', async () => {
  const asked: boolean[] = [];
  const answers: (DailyOutcome | Error)[] = ['not_due', new Error('the disk'), 'busy', 'busy', 'busy'];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const stop = scheduleDailyBackups(
    async ({ evenBusy }) => {
      asked.push(evenBusy);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      if (answer === undefined) resolve();
      return answer ?? 'made';
    },
    silentLog,
    pauses,
  );
  await done;
  expect(asked).toEqual([false, false, false, false, false, true]);
  await sleep(10);
  expect(asked).toHaveLength(6);
  stop();
});

test('nothing runs after a stop', async () => {
  let looked = 0;
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const stop = scheduleDailyBackups(
    async () => {
      looked += 1;
      resolve();
      return 'not_due';
    },
    silentLog,
    pauses,
  );
  await begun;
  stop();
  await sleep(10);
  expect(looked).toBe(1);
});
