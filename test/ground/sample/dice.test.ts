import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDice } from '#scripts/sample/dice.ts';
import { apportion } from '#scripts/sample/plan.ts';

const seed = fc.integer();

test('the same seed and purpose give the same numbers; another purpose other ones', () => {
  fc.assert(
    fc.property(seed, (value) => {
      const throws = (purpose: string): number[] => {
        const dice = createDice(value, purpose);
        return Array.from({ length: 8 }, () => dice.next());
      };
      expect(throws('teams')).toEqual(throws('teams'));
      expect(throws('teams')).not.toEqual(throws('people'));
    }),
  );
});

test('throws stay within their range and reach both ends', () => {
  const dice = createDice(5, 'range');
  const seen = new Set(Array.from({ length: 500 }, () => dice.int(2, 5)));
  expect(seen).toEqual(new Set([2, 3, 4, 5]));
});

test('shuffling and dealing lose nothing', () => {
  fc.assert(
    fc.property(seed, fc.uniqueArray(fc.integer(), { minLength: 1 }), (value, items) => {
      const dice = createDice(value, 'cards');
      expect(new Set(dice.shuffled(items))).toEqual(new Set(items));
      const deal = dice.deck(items);
      expect(new Set(items.map(() => deal()))).toEqual(new Set(items));
    }),
  );
});

test('parts sum to the whole and none is below the least', () => {
  const weights = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      weights,
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 5000 }),
      (list, least, extra) => {
        const total = least * list.length + extra;
        const parts = apportion(total, list, least);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(least);
      },
    ),
  );
});
