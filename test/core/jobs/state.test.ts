import { expect, test } from 'vitest';
import {
  retryDelay,
  cancelJob,
  claimJob,
  failJob,
  isLeaseExpired,
  expireLease,
  releaseJob,
  retryJob,
} from '#shared/domain/jobs.ts';
import type { JobChange, JobFields } from '#shared/domain/jobs.ts';

const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
const fresh: JobFields = {
  state: 'pending',
  attempts: 0,
  max_attempts: 2,
  run_after: at(1000),
  lease_until: null,
  token: 0,
  worker: null,
  error: null,
  result: null,
  started_at: null,
  finished_at: null,
};
const after = (job: JobFields, change: JobChange | null): JobFields => ({ ...job, ...change });
const claim = (job: JobFields, now: number) => claimJob(job, { now, worker: 'w', lease: 100 });
const error = { code: 'INTERNAL', message: 'No.' };

test('a job is given to one worker, not before its time, and each lease has its own token', () => {
  expect(claim(fresh, 999)).toBeNull();
  const running = after(fresh, claim(fresh, 1000));
  expect(running).toMatchObject({
    state: 'running',
    attempts: 1,
    token: 1,
    lease_until: at(1100),
    worker: 'w',
  });
  expect(claim(running, 2000)).toBeNull();
  const again = after(running, expireLease(running, 2000));
  expect(again).toMatchObject({ state: 'failed', run_after: at(2000), error: { code: 'LAPSED' } });
  expect(after(again, claim(again, 2000))).toMatchObject({ attempts: 2, token: 2 });
});

test('a crash counts as an attempt, an ending in good order does not, and the last attempt leaves a dead job', () => {
  const running = after(fresh, claim(fresh, 1000));
  expect(after(running, releaseJob(running))).toMatchObject({ state: 'pending', attempts: 0 });
  const last = { ...running, attempts: 2 };
  expect(expireLease(last, 5000)).toMatchObject({ state: 'dead', finished_at: at(5000) });
  expect(failJob(last, { now: 5000, error })).toMatchObject({ state: 'dead', error });
  expect(failJob(running, { now: 5000, error, isPermanent: true })).toMatchObject({ state: 'dead' });
  expect(failJob(running, { now: 5000, error })).toMatchObject({ state: 'failed', run_after: at(15_000) });
});

test('pauses double up to ten minutes', () => {
  expect([1, 2, 3, 20].map(retryDelay)).toEqual([10_000, 20_000, 40_000, 600_000]);
});

test('a lease ends at its time, or if the clock was set back since', () => {
  const running = after(fresh, claim(fresh, 1000));
  const over = (now: number): boolean => isLeaseExpired(running, { now, lease: 100 });
  expect([1099, 1100, 950].map(over)).toEqual([false, true, false]);
  expect(over(0)).toBe(true);
});

test('a dead job can be retried or removed, a finished one stays', () => {
  const dead = { ...fresh, state: 'dead' as const, attempts: 2, token: 7, error };
  expect(after(dead, retryJob(dead, 9000))).toMatchObject({ state: 'pending', attempts: 0, token: 7, error });
  expect(cancelJob(dead, 9000)).toMatchObject({ state: 'cancelled' });
  for (const state of ['completed', 'cancelled'] as const) {
    expect(cancelJob({ ...fresh, state }, 1)).toBeNull();
    expect(retryJob({ ...fresh, state }, 1)).toBeNull();
  }
  expect(retryJob({ ...fresh, state: 'running' }, 1)).toBeNull();
  expect(retryJob({ ...fresh, state: 'failed' }, 7)).toEqual({ run_after: at(7) });
});
