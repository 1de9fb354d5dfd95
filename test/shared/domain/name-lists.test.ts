import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { joinNames, splitNames } from '#shared/domain/name-lists.ts';

test.each([
  ['Mia; Ole', ['Mia', 'Ole']],
  ['Mia\nOle | Prof. X;', ['Mia', 'Ole', 'Prof. X']],
  ['Doe, Jane; "A; B"', ['Doe, Jane', 'A; B']],
  ['"A" and B; C', ['"A" and B', 'C']],
  [' ; ', []],
])('%j names %j', (text, names) => {
  expect(splitNames(text)).toEqual(names);
});

test('names that are joined are split again as they were', () => {
  const name = fc
    .string({
      unit: fc.constantFrom(';', '"', ' ', '[', '|', '\n', ',', 'a', 'é'),
      minLength: 1,
      maxLength: 8,
    })
    .filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(fc.array(name), (names) => {
      expect(splitNames(joinNames(names))).toEqual(names);
    }),
  );
});
