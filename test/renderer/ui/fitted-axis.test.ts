import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fittedAxis } from '#renderer/ui/chart/fitted-axis.ts';

it('an axis has zero and all values within its bounds, at few round ticks', () => {
  const value = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const { domain, ticks } = fittedAxis(values, 0.005);
      expect(Math.min(0, ...values)).toBeGreaterThanOrEqual(domain[0] - 1e-9);
      expect(Math.max(0, ...values)).toBeLessThanOrEqual(domain[1] + 1e-9);
      expect(ticks.some((tick) => Math.abs(tick) < 1e-9)).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect([ticks[0], ticks.at(-1)]).toEqual(domain);
    }),
  );
});

it('an axis fits its values', () => {
  expect(fittedAxis([0.012, 0.038], 0.005).ticks.map((tick) => Math.round(1000 * tick))).toEqual([
    0, 10, 20, 30, 40,
  ]);
  expect(fittedAxis([], 0.005).ticks.map((tick) => Math.round(1000 * tick))).toEqual([0, 1, 2, 3, 4, 5]);
});
