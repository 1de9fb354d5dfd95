import { describe, expect, it } from 'vitest';
import { mayBeOne, nearKeys, nearName } from '#core/import/table/near-names.ts';
import type { NearName } from '#core/import/table/near-names.ts';
import { plain } from '#core/interchange/headings.ts';

const of = (name: string) => nearName(plain(name));

/** Whether they find each other and are taken for one, whichever comes first. */
const one = (a: string, b: string): boolean => {
  const [left, right] = [of(a), of(b)];
  const meet = nearKeys(left).sought.some((key) => nearKeys(right).under.includes(key));
  expect(mayBeOne(left, right), `${a} / ${b}`).toBe(mayBeOne(right, left));
  return meet && mayBeOne(left, right);
};

describe('two names that may be one', () => {
  it.each([
    ['Univeristy of Michigan', 'University of Michigan'],
    ['Stanfrod University', 'Stanford University'],
    ['Purdue', 'Purdue University'],
    ['Purdeu', 'Purdue'],
    ['TU München', 'Technische Universität München'],
    ['Univ. of Michigan', 'University of Michigan'],
    ['Michigan University', 'University of Michigan'],
    ['MIT', 'Massachusetts Institute of Technology'],
    ['ETH Zürich', 'Eidgenössische Technische Hochschule Zürich'],
    ['UCLA', 'University of California, Los Angeles'],
    ['AetherSat', 'Aether Sat'],
    ['AetherSat', 'AetherSat project'],
    ['California Politechnic State University', 'California Polytechnic State University'],
    ['Redwood Coast', 'Redwood Coasts'],
  ])('are %s and %s', (a, b) => expect(one(a, b)).toBe(true));

  it.each([
    ['University of Michigan', 'Michigan State University'],
    ['LMU München', 'Technische Universität München'],
    ['TU Berlin', 'TU München'],
    ['Hochschule München', 'Universität München'],
    ['Stanford College', 'Stanford University'],
    ['University of Ohio', 'University of Iowa'],
    ['Georgia Tech', 'University of Georgia'],
    ['Northern University', 'Southern University'],
    ['Northwestern University', 'Southwestern University'],
    ['Flight software', 'Ground software'],
    ['Power 1', 'Power 2'],
    ['Power 1', 'Power'],
    ['Power 1 1', 'Power 11'],
    ['Team A', 'Team B'],
    ['Uni 17', 'Uni 71'],
    ['Summit', 'Bayfront'],
    ['University', 'University of Michigan'],
    ['Elec', 'Electrical'],
  ])('are not %s and %s', (a, b) => expect(one(a, b)).toBe(false));
});

describe('names made to take long', () => {
  it('are told apart at once, however many of their words say what they are', () => {
    const [left, right] = ['beta', 'gamma'].map((end) =>
      of(`alpha ${'institut institute '.repeat(4)}${end}`),
    );
    for (let times = 0; times < 2000; times += 1)
      expect(mayBeOne(left as NearName, right as NearName)).toBe(false);
  });

  it('are not searched for slips where a word is longer than any', () => {
    const [left, right] = [of(`${'a'.repeat(200)}bc`), of(`${'a'.repeat(200)}cb`)];
    expect(mayBeOne(left, right)).toBe(false);
  });
});
