import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { readLabelled } from './labelled.ts';

const tables = readLabelled();
const verdicts = tables.flatMap(judge);

it(`reads no column or type of ${tables.length} labelled tables wrongly without a word`, () => {
  expect(
    verdicts.filter(({ outcome }) => outcome === 'wrong').map(({ table, why }) => `${table}: ${why}`),
  ).toEqual([]);
});

it('asks at most one question a table on average', () => {
  expect(verdicts.filter(({ outcome }) => outcome === 'asked').length).toBeLessThanOrEqual(tables.length);
});
