import { expect, test } from 'vitest';
import { columnLetters } from '#core/model/interchange/headings.ts';

test('columns are called as spreadsheets call them', () => {
  const found = [0, 25, 26, 51, 52, 701, 702].map(columnLetters);
  expect(found).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});
