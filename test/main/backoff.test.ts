import { describe, expect, it } from 'vitest';
import { createBackoff } from '#main/backoff.ts';

describe('starting again', () => {
  it('is immediate at first, then later each time, and finally gives up', () => {
    const backoff = createBackoff({ limit: 5, window: 60_000 });
    expect([0, 1, 2, 3, 4, 5].map((at) => backoff.ended(at))).toEqual([0, 250, 500, 1000, 2000, null]);
  });

  it('forgets ends that are long past', () => {
    const backoff = createBackoff({ limit: 2, window: 1000 });
    expect(backoff.ended(0)).toBe(0);
    expect(backoff.ended(500)).toBe(250);
    expect(backoff.ended(1600)).toBe(0);
  });

  it('starts again on request', () => {
    const backoff = createBackoff({ limit: 1, window: 1000 });
    backoff.ended(0);
    expect(backoff.ended(1)).toBeNull();
    backoff.reset();
    expect(backoff.ended(2)).toBe(0);
  });

  it('never waits longer than four seconds', () => {
    const backoff = createBackoff({ limit: 50, window: 60_000 });
    const waits = Array.from({ length: 50 }, (_, at) => backoff.ended(at));
    expect(Math.max(...waits.map((wait) => wait ?? Infinity))).toBe(4000);
  });
});
