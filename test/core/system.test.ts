import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { createIds, createSalts, isoTime, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Clock } from '#core/kernel/system.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const stepping = (moments: readonly number[]): Clock => {
  let at = 0;
  return { now: () => moments[Math.min(at++, moments.length - 1)] as number, elapsed: () => 0 };
};

describe('ids', () => {
  test('are version 7 UUIDs that rise, however the clock jumps about', () => {
    const moments = fc.array(fc.integer({ min: 1, max: Date.UTC(2400, 0) }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(moments, fc.nat(), (clock, seed) => {
        const ids = createIds(stepping(clock), seededRandom(seed));
        const made = clock.map(() => ids.uuid());
        for (const id of made) expect(id).toMatch(form);
        expect(made).toEqual(made.toSorted());
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  test('still rise when one millisecond brings more than its counter holds', () => {
    const ids = createIds(stepping([1_700_000_000_000]), seededRandom(1));
    const made = Array.from({ length: 10_000 }, () => ids.uuid());
    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(10_000);
  });

  test('begin with the time and are the same for the same seed', () => {
    const make = (seed: number): string =>
      createIds(new TestClock(1_700_000_000_000, 0), seededRandom(seed)).uuid();
    expect(make(1).slice(0, 13)).toBe('018bcfe5-6800');
    expect(make(1)).toBe(make(1));
    expect(make(1)).not.toBe(make(2));
  });

  test('with the real clock and randomness too', () => {
    const ids = createIds(systemClock, systemRandom);
    const made = Array.from({ length: 1000 }, () => ids.uuid());
    expect(new Set(made).size).toBe(1000);
    expect(made).toEqual(made.toSorted());
  });
});

test('salts are 32 hex digits, unique, and reproducible by seed', () => {
  const salts = createSalts(seededRandom(3));
  const made = Array.from({ length: 1000 }, () => salts());
  for (const salt of made) expect(salt).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(made).size).toBe(1000);
  const again = createSalts(seededRandom(3));
  expect(made.map(() => again())).toEqual(made);
});

test('moments are written in UTC with milliseconds', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(isoTime(Date.UTC(2026, 11, 31, 23, 59, 59, 7))).toBe('2026-12-31T23:59:59.007Z');
});
