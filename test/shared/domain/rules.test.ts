import { describe, expect, test } from 'vitest';
import { defaultEnergyLoss, isCrossUniversity, lossBand } from '#shared/domain/interfaces.ts';
import { studentStatus } from '#shared/domain/students.ts';
import { nameField, titleOf } from '#shared/domain/title.ts';
import { auditedTypes, entityTypes, idPrefix, tableOf } from '#shared/domain/types.ts';
import { isKnownValue, vocabulary } from '#shared/domain/vocabulary.ts';

describe('a student’s status by the terms left', () => {
  test.each([
    [0, 'outgoing'],
    [1, 'outgoing'],
    [2, 'established'],
    [3, 'established'],
    [4, 'incoming'],
    [9, 'incoming'],
    [1.5, 'outgoing'],
    [-1, 'outgoing'],
    [null, null],
    [undefined, null],
    ['4', null],
  ])('%j: %s', (terms, status) => {
    expect(studentStatus(terms)).toBe(status);
  });
});

describe('an interface', () => {
  test('has the default loss of its bond type', () => {
    expect(defaultEnergyLoss).toEqual({
      'codified-strong': 5,
      'codified-moderate': 15,
      'institutional-weak': 35,
      'fragile-temporary': 60,
    });
    expect(Object.keys(defaultEnergyLoss)).toEqual([...vocabulary.bond_type]);
  });

  test.each([
    [0, 'strong'],
    [5, 'strong'],
    [5.1, 'moderate'],
    [15, 'moderate'],
    [16, 'weak'],
    [35, 'weak'],
    [59.9, 'weak'],
    [60, 'fragile'],
    [100, 'fragile'],
    [null, 'unknown'],
    ['5', 'unknown'],
  ])('that loses %j is %s', (loss, band) => {
    expect(lossBand(loss)).toBe(band);
  });

  test.each([
    ['a', 'b', true],
    ['a', 'a', false],
    ['a', null, false],
    [null, null, false],
    [undefined, 'b', false],
    // Never by taking the id apart: these are two universities.
    ['Uni', 'Uni_D', true],
  ])('between %j and %j is across universities: %s', (from, to, across) => {
    expect(isCrossUniversity(from, to)).toBe(across);
  });
});

describe('titles', () => {
  test.each([
    ['team', { name: 'Power' }, 'Power'],
    ['profile', { name: 'Ada' }, 'Ada'],
    ['risk-factor', { factor_name: 'bond', name: 'x' }, 'bond'],
    ['outcome', { outcome_type: 'mission_success' }, 'mission_success'],
    ['team', {}, ''],
    ['team', { name: 7 }, ''],
    ['outcome', { outcome_type: null }, ''],
    ['interface', { name: 'x' }, ''],
  ] as const)('%s %j: %s', (type, payload, title) => {
    expect(titleOf(type, payload)).toBe(title);
  });

  test('every type has a name, except those named by their ends, subject or owner', () => {
    const without = auditedTypes.filter((type) => nameField(type) === null);
    expect(without).toEqual(['interface', 'outcome', 'contact', 'comment', 'position']);
  });
});

describe('types', () => {
  test('each has its own table and prefix', () => {
    expect(new Set(Object.values(tableOf)).size).toBe(auditedTypes.length);
    expect(new Set(Object.values(idPrefix)).size).toBe(auditedTypes.length);
    for (const type of auditedTypes) expect(tableOf[type]).toMatch(/^[a-z_]+$/);
  });

  test('are in the order of their references', () => {
    const at = (type: (typeof entityTypes)[number]): number => entityTypes.indexOf(type);
    expect(at('university')).toBe(0);
    for (const [from, to] of [
      ['team', 'project'],
      ['student', 'team'],
      ['outcome', 'project'],
      ['interface', 'student'],
    ] as const) {
      expect(at(from)).toBeGreaterThan(at(to));
    }
  });
});

test('lists are open: a value is known or not, and either way a value', () => {
  expect(isKnownValue('discipline', 'software')).toBe(true);
  expect(isKnownValue('discipline', 'Software')).toBe(false);
  expect(isKnownValue('bond_type', null)).toBe(false);
  for (const list of Object.values(vocabulary)) expect(new Set(list).size).toBe(list.length);
});
