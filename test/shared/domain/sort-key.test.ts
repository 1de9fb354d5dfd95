import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { sortKey } from '#shared/domain/sort-key.ts';

const byKey = (a: string, b: string): number =>
  sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0;

/** What dictionaries go by, as the runtime knows it: letters without their marks and case. */
const { compare } = new Intl.Collator('en', { sensitivity: 'base' });
const word = fc.string({
  unit: fc.constantFrom(...Array.from('abcdelnosuyzABNOUZäöüÄÖÜéèñçåÅíšžŽøØßæÆłŁœđ')),
  minLength: 1,
  maxLength: 6,
});

test.prop([word, word])('orders words as dictionaries do: letters without their marks', (a, b) => {
  const expected = compare(a, b);
  if (expected !== 0) expect(Math.sign(byKey(a, b))).toBe(Math.sign(expected));
});

test.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])(
  'tells any two texts apart but for the case of A to Z',
  (a, b) => {
    const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    expect(byKey(a, b) === 0).toBe(lower(a) === lower(b));
  },
);

it('has each letter where one looks for it', () => {
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
  expect(sorted.toSorted(byKey)).toEqual([
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
