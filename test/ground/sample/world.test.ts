import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bondFor, lossFor, notesFor } from '#scripts/sample/bonds.ts';
import { createDice } from '#scripts/sample/dice.ts';
import { termAfter } from '#scripts/sample/people.ts';
import { universityText } from '#scripts/sample/texts/universities.ts';
import { createWorld, fillIn, slugOf } from '#scripts/sample/world.ts';
import { lossBand } from '#shared/domain/interfaces.ts';
import { recordId } from '#shared/domain/field.ts';

test('ids are readable and no two are the same', () => {
  expect(slugOf('  Summit State: Flight & software! ')).toBe('summit-state-flight-software');
  const world = createWorld({ size: 'small', seed: 1, now: 0 });
  expect([1, 2, 3].map(() => world.idFor('team', 'Thermal'))).toEqual([
    'team_thermal',
    'team_thermal-2',
    'team_thermal-3',
  ]);
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(recordId.safeParse(world.idFor('team', text)).success).toBe(true);
    }),
  );
});

test('blanks of a sentence are filled, unknown ones left', () => {
  expect(fillIn('On {day}s in {month}.', { day: 'Monday' })).toBe('On Mondays in {month}.');
});

test('universities never run out, and no two have one name', () => {
  const names = Array.from({ length: 120 }, (_, at) => universityText(at).name);
  expect(new Set(names).size).toBe(120);
});

test.each([
  ['2026-01-10', 0, 'Spring 2026'],
  ['2026-06-30', 1, 'Fall 2026'],
  ['2026-07-01', 0, 'Fall 2026'],
  ['2026-11-20', 1, 'Spring 2027'],
  ['2026-11-20', 6, 'Fall 2029'],
  ['2026-11-20', -1, 'Spring 2026'],
])('seen from %s, %i terms ahead is %s', (now, ahead, term) => {
  expect(termAfter(new Date(now), ahead)).toBe(term);
});

describe('a bond', () => {
  const bands = {
    'codified-strong': 'strong',
    'codified-moderate': 'moderate',
    'institutional-weak': 'weak',
    'fragile-temporary': 'fragile',
  } as const;

  test('loses what its kind loses', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const dice = createDice(seed, 'bonds');
        const bond = bondFor(dice, 'generations');
        expect(lossBand(lossFor(dice, bond))).toBe(bands[bond]);
        expect(notesFor(dice, bond)['documented']).toBe(bond.startsWith('codified'));
      }),
    );
  });
});
