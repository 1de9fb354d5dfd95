import { expect, test } from 'vitest';
import { personKey, personWords, canBeSamePerson } from '#shared/domain/person-name.ts';

test.each([
  ['Novak, Ada', 'ada novak'],
  ['Dr. Ada Novak', 'ada novak'],
  ['Prof. Dr.-Ing. Ada Novak', 'ada novak'],
  ['Ada Novak, PhD', 'ada novak'],
  ['Novak, Dr. Ada', 'ada novak'],
  ['van der Berg, Ben', 'ben van der berg'],
  ['Ben van der Berg', 'ben van der berg'],
  ['Mr Sen', 'sen'],
  ['Ma Long', 'ma long'],
  ['doc. Jiří Dvořák, CSc.', 'jiri dvorak'],
  ['dr hab. inż. Zbigniew Żuk', 'zbigniew zuk'],
  ['Dr.', 'dr'],
])('%s is compared as %s', (name, key) => {
  expect(personKey(name)).toBe(key);
});

test.each([
  ['A. Novak', 'Ada Novak', true],
  ['Ada N.', 'Ada Novak', true],
  ['A. N.', 'Ada Novak', false],
  ['B. Novak', 'Ada Novak', false],
  ['Ada Novak', 'Ada Novak', false],
])('%s and %s share initials: %s', (one, other, are) => {
  expect(canBeSamePerson(personWords(one), personWords(other))).toBe(are);
});
