import { describe, expect, test } from 'vitest';
import { allEyes, distance, parseColour, seenBy } from './support/colour.ts';
import { readTokens } from './support/tokens.ts';

const themes = readTokens();

/** ΔE below which two marks could be taken for one another at a glance. */
const APART = 12;

/**
 * What each family of colours tells apart. Shape or pattern says it too; the colours alone must already do. Conflict (--past)
 * is not among the changes: no violet differs from every blue to eyes without red, so there only the sign speaks.
 */
const families = {
  lifecycle: ['life-incoming', 'life-established', 'life-outgoing'],
  loss: ['loss-strong', 'loss-moderate', 'loss-weak', 'loss-fragile'],
  changes: ['ok', 'info', 'bad'],
  'values of a list': Array.from({ length: 10 }, (_, index) => `cat-${index + 1}`),
} as const;

const pairs = (names: readonly string[]): [string, string][] =>
  names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  describe.each(allEyes)('to %s eyes', (eyes) => {
    test.each(Object.values(families).flatMap(pairs))('--%s differs from --%s', (one, other) => {
      const seen = [one, other].map((name) => seenBy(eyes, parseColour(themes[theme][name] ?? '')));
      const [first = [0, 0, 0] as const, second = [0, 0, 0] as const] = seen;
      expect(distance(first, second)).toBeGreaterThan(APART);
    });
  });
});

test('losing a cone keeps grey, and moves red and green towards each other', () => {
  const grey = parseColour('#808080');
  const [red, green] = [parseColour('#c04040'), parseColour('#408040')];
  for (const eyes of allEyes) expect(distance(seenBy(eyes, grey), grey)).toBeLessThan(1);
  const apart = distance(red, green);
  expect(distance(seenBy('deuteranopia', red), seenBy('deuteranopia', green))).toBeLessThan(apart / 2);
});
