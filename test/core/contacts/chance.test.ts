import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectContacts } from '#core/contacts/chance.ts';

const teams = ['a', 'b', 'c', 'd', 'e', 'f'];
const faculty = ['p', 'q', 'r'];
const typeOf = new Map([
  ...teams.map((id) => [id, 'team'] as const),
  ...faculty.map((id) => [id, 'faculty'] as const),
]);
type Pair = { ends: [string, string]; contacts: number };
const allPairs = [...typeOf.keys()].flatMap((one, index, ids) =>
  ids.slice(index + 1).map((other): [string, string] => [one, other]),
);
const anyPairs = fc
  .array(fc.nat(20), { minLength: allPairs.length, maxLength: allPairs.length })
  .map((counts) => allPairs.map((ends, index): Pair => ({ ends, contacts: counts[index] as number })));

test('who meets everybody equally often meets nobody more than by chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), (contacts) => {
      const pairs = allPairs.map((ends): Pair => ({ ends, contacts }));
      const expectedOf = expectContacts(pairs, typeOf);
      for (const pair of pairs) expect(expectedOf(pair)).toBeCloseTo(contacts);
    }),
  );
});

test('contacts of others never lower the expectation, and those of the ends never do', () => {
  fc.assert(
    fc.property(anyPairs, anyPairs, fc.nat(allPairs.length - 1), (pairs, added, chosen) => {
      const pair = pairs[chosen] as Pair;
      const morePairs = pairs.map((one, index): Pair =>
        index === chosen ? one : { ...one, contacts: one.contacts + (added[index]?.contacts ?? 0) },
      );
      expect(expectContacts(morePairs, typeOf)(pair)).toBeGreaterThanOrEqual(
        expectContacts(pairs, typeOf)(pair),
      );
      const elsewhere = morePairs.map((one, index): Pair =>
        one.ends.some((end) => pair.ends.includes(end)) ? (pairs[index] as Pair) : one,
      );
      expect(expectContacts(elsewhere, typeOf)(pair)).toBe(expectContacts(pairs, typeOf)(pair));
    }),
  );
});

test('counts the others of the type of the counterpart, and the smaller side', () => {
  const pairs: Pair[] = [
    { ends: ['a', 'b'], contacts: 9 },
    { ends: ['a', 'c'], contacts: 8 },
    { ends: ['b', 'd'], contacts: 4 },
    { ends: ['a', 'p'], contacts: 90 },
  ];
  const expectedOf = expectContacts(pairs, typeOf);
  expect(pairs.map(expectedOf)).toEqual([1, 0, 0, 0]);
});
