import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { compareNames } from '#shared/domain/sort-key.ts';
import { codePoint } from '#test/support/code-points.ts';

/** What dictionaries go by, as the runtime knows it: letters without their marks and case. */
const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
const word = fc.string({
  unit: fc.constantFrom(...Array.from('abcdelnosuyzABNOUZ0129äöüÄÖÜéèñçåÅíšžŽøØßæÆłŁœđ')),
  minLength: 1,
  maxLength: 6,
});

test.prop([word, word])('orders words as dictionaries do: letters without their marks', (a, b) => {
  const expected = compare(a, b);
  if (expected !== 0) expect(Math.sign(compareNames(a, b))).toBe(Math.sign(expected));
});

test.prop([fc.string({ unit: codePoint }), fc.string({ unit: codePoint })])(
  'tells any two texts apart but for the case of A to Z',
  (a, b) => {
    const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    expect(compareNames(a, b) === 0).toBe(lower(a) === lower(b));
  },
);

it('sorts each letter where people look for it', () => {
  const sorted = [
    'Zoe',
    'Ömer',
    'Øyvind',
    'Otto',
    'Paul',
    'Stefan',
    'Søren',
    'Łukasz',
    'Lukas',
    'Maß',
    'Mast',
    'Æneas',
    'Adam',
    'Zoë',
    'Zoea',
  ];
  expect(sorted.toSorted(compareNames)).toEqual([
    'Adam',
    'Æneas',
    'Lukas',
    'Łukasz',
    'Maß',
    'Mast',
    'Ömer',
    'Otto',
    'Øyvind',
    'Paul',
    'Søren',
    'Stefan',
    'Zoe',
    'Zoë',
    'Zoea',
  ]);
});

it('orders numbers in names by their value', () => {
  const sorted = [
    'Team',
    'Team 1',
    'Team 01',
    'Team 2',
    'Team 9',
    'Team 10',
    'Team 10b',
    'Team 99999999999',
    'Team A',
  ];
  expect(sorted.toReversed().toSorted(compareNames)).toEqual(sorted);
});
