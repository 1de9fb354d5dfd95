import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasMeasurableEffect } from '#shared/domain/confidence.ts';

const bound = fc.integer({ min: -1000, max: 1000 }).map((points) => points / 1000);

test('an effect is measurable only if zero lies outside of its band', () => {
  fc.assert(
    fc.property(bound, bound, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const isMeasurable = hasMeasurableEffect({ low, high });
      expect(isMeasurable).toBe(low > 0 || high < 0);
      expect(hasMeasurableEffect({ low: -high, high: -low })).toBe(isMeasurable);
    }),
  );
  expect(hasMeasurableEffect({ low: 0, high: 0.2 })).toBe(false);
  expect(hasMeasurableEffect({ low: -1e-16, high: -1e-16 })).toBe(false);
});
