import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trendOf } from './trend.ts';

const allowance = { part: 0.2, beside: 5 };

test('a value that varies around a constant is flat', () => {
  const jitter = fc.array(fc.integer({ min: 95, max: 105 }), { minLength: 6, maxLength: 60 });
  expect(() => fc.assert(fc.property(jitter, (values) => !trendOf(values, allowance).grows))).not.toThrow();
});

test('a value that climbs steadily to twice its start grows', () => {
  for (let count = 6; count <= 60; count += 1) {
    const values = Array.from({ length: count }, (_, index) => 100 + (200 * index) / count);
    expect(trendOf(values, allowance).grows).toBe(true);
  }
});

test('a single high sample is no trend, and neither are a few', () => {
  expect(trendOf([100, 100, 100, 100, 100, 100, 100, 100, 900], allowance).grows).toBe(false);
  expect(trendOf([1, 1000], allowance)).toEqual({ from: 1, to: 1000, grows: false });
});

test('a falling value does not grow', () => {
  expect(trendOf([300, 290, 200, 150, 120, 100], allowance)).toMatchObject({ to: 110, grows: false });
});
