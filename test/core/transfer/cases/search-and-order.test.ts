import { expect, test } from 'vitest';
import { forCases } from './support.ts';

const { json, imported } = forCases();

test.each([
  ['strasse', 'Straße Groß'],
  ['gross', 'Straße Groß'],
  ['isik', 'Işık Yıldız'],
  ['yildiz', 'Işık Yıldız'],
])('searching "%s" finds %s (case 22)', async (typed, title) => {
  const { workspace } = await imported('22-search.csv', '--type', 'student');
  expect(await json('search', typed, '--workspace', workspace)).toMatchObject({ hits: [{ title }] });
});

test('names with numbers are listed by their number (case 24)', async () => {
  const { titles } = await imported('24-natural-order.csv');
  expect(await titles('team')).toEqual(['Öl', 'Team 1', 'Team 9', 'Team 10', 'Zebra']);
});
