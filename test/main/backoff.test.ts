import { describe, expect, it } from 'vitest';
import { createBackoff } from '#main/backoff.ts';

describe('starting again', () => {
  it('is immediate at first, then later each time, and finally gives up', () => {
    const backoff = createBackoff({ limit: 5, windowMs: 60_000 });
    expect([0, 1, 2, 3, 4, 5].map((at) => backoff.nextDelay(at))).toEqual([0, 250, 500, 1000, 2000, null]);
  });

  it('forgets ends that are long past', () => {
    const backoff = createBackoff({ limit: 2, windowMs: 1000 });
    expect(backoff.nextDelay(0)).toBe(0);
    expect(backoff.nextDelay(500)).toBe(250);
    expect(backoff.nextDelay(1600)).toBe(0);
  });

  it('starts again on request', () => {
    const backoff = createBackoff({ limit: 1, windowMs: 1000 });
    backoff.nextDelay(0);
    expect(backoff.nextDelay(1)).toBeNull();
    backoff.reset();
    expect(backoff.nextDelay(2)).toBe(0);
  });

  it('never waits longer than four seconds', () => {
    const backoff = createBackoff({ limit: 50, windowMs: 60_000 });
    const waits = Array.from({ length: 50 }, (_, at) => backoff.nextDelay(at));
    expect(Math.max(...waits.map((wait) => wait ?? Infinity))).toBe(4000);
  });
});
