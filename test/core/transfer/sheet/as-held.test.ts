import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { toStoredKinds } from '#core/import/table/values.ts';

const one = (text: string, held: unknown, decimalComma = false) =>
  toStoredKinds({ Own: text }, held === undefined ? {} : { Own: held as number }, { decimalComma }).Own;

test.prop([fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)])(
  'a number that a text file gives back as it was written is that number',
  (number) => {
    expect(one(String(number), number)).toBe(number);
  },
);

it('a number becomes a number if the record has one; codes, words and other notations stay text', () => {
  expect(one('2019', 2018)).toBe(2019);
  expect(one('12,5', 3.25, true)).toBe(12.5);
  expect(one('12,5', 3.25)).toBe('12,5');
  expect(one('007', 7)).toBe('007');
  expect(one('soon', 7)).toBe('soon');
  expect(one('2019', '2018')).toBe('2019');
  expect(one('2019', undefined)).toBe('2019');
});

it('booleans are recognised in both languages, lists and notes if equal', () => {
  expect(one('yes', true)).toBe(true);
  expect(one('Nein', true)).toBe(false);
  expect(one('none', false)).toBe('none');
  expect(one('yes', 'yes')).toBe('yes');
  expect(one('["a",1]', ['a', 1])).toEqual(['a', 1]);
  expect(one('["b"]', ['a', 1])).toBe('["b"]');
  expect(one('[a', ['a'])).toBe('[a');
});
