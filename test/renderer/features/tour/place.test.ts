import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { placeCard } from '#renderer/features/tour/place.ts';

const window = { width: 1280, height: 800 };
const card = { width: 340, height: 160 };
const box = fc.record({
  left: fc.integer({ min: -50, max: 1300 }),
  top: fc.integer({ min: -50, max: 820 }),
  width: fc.integer({ min: 1, max: 1300 }),
  height: fc.integer({ min: 1, max: 820 }),
});

test.prop([box])('the card is always wholly in the window', (target) => {
  const { left, top } = placeCard(target, card, window);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(left + card.width).toBeLessThanOrEqual(window.width);
  expect(top + card.height).toBeLessThanOrEqual(window.height);
});

test.prop([
  fc.record({
    left: fc.integer({ min: 0, max: 1200 }),
    top: fc.integer({ min: 0, max: 760 }),
    width: fc.integer({ min: 10, max: 80 }),
    height: fc.integer({ min: 10, max: 40 }),
  }),
])('it never covers something small', (target) => {
  const { left, top } = placeCard(target, card, window);
  const apart =
    left >= target.left + target.width ||
    left + card.width <= target.left ||
    top >= target.top + target.height ||
    top + card.height <= target.top;
  expect(apart).toBe(true);
});

it('without anything to point at it stands in the middle', () => {
  expect(placeCard(null, card, window)).toEqual({ left: 470, top: 320 });
});
