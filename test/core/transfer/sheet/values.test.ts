import { describe, expect, it } from 'vitest';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { isCellError, readCell, readYesNo, toStoredKinds } from '#core/import/table/values.ts';
import { nearestValues } from '#core/import/table/synonyms.ts';
import { nameLikeness } from '#core/model/interchange/likeness.ts';
import { plainHeading } from '#core/model/interchange/headings.ts';
import { fc, test } from '@fast-check/vitest';

const writing = { decimalComma: false };
const field = (type: 'team' | 'student' | 'interface', key: string): Field => fieldOf(type, key) as Field;

describe('reading a cell as a field', () => {
  it('recognises values of an open list, their labels, and synonyms', () => {
    const discipline = field('team', 'discipline');
    for (const text of ['mission-ops', 'Mission Ops', 'MISSION_OPS']) {
      expect(readCell(discipline, text, writing)).toEqual({ value: 'mission-ops' });
    }
    expect(readCell(discipline, 'Maschinenbau', writing)).toEqual({
      value: 'mechanical',
      // Another word than the list has: it is said what became of it.
      problem: { code: 'converted', action: 'converted', becomes: 'mechanical' },
    });
    expect(readCell(discipline, ' Elec Eng ', writing)).toEqual({
      value: 'Elec Eng',
      problem: { code: 'unknown_choice', action: 'kept' },
    });
  });

  it('keeps values that a number field cannot hold', () => {
    const size = field('team', 'size');
    expect(readCell(size, 4, writing)).toEqual({ value: 4 });
    expect(readCell(size, '4', writing)).toEqual({ value: 4 });
    expect(readCell(size, 'a few', writing)).toMatchObject({
      isUnfit: true,
      problem: { code: 'not_a_number' },
    });
    expect(readCell(size, '0', writing)).toMatchObject({ isUnfit: true, problem: { code: 'out_of_range' } });
    expect(readCell(size, 2.5, writing)).toMatchObject({ isUnfit: true, problem: { code: 'not_whole' } });
    expect(readCell(field('student', 'graduated_at'), '31.02.2027', writing)).toMatchObject({
      isUnfit: true,
      problem: { code: 'not_a_date' },
    });
    expect(readCell(field('team', 'experience'), '2 years', writing)).toEqual({
      value: 24,
      problem: { code: 'converted', action: 'converted', becomes: 24 },
    });
    expect(readCell(field('interface', 'energy_loss'), '120%', writing)).toMatchObject({ isUnfit: true });
    expect(readCell(field('interface', 'energy_loss'), 100, writing)).toEqual({ value: 100 });
    expect(readCell(field('interface', 'energy_loss'), 0, writing)).toEqual({ value: 0 });
  });

  it.each([
    [true, ['yes', 'Y', 'ja', 'TRUE', 'wahr', '1', 'x', '✓', '✔️', true]],
    [false, ['no', 'N', 'Nein', 'false', 'FALSCH', '0', '–', '✗', false]],
    [null, ['maybe', '2', '', 'yes and no']],
  ])('reads %s', (expected, texts) => {
    for (const text of texts) expect(readYesNo(text)).toBe(expected);
  });

  it('knows the signs of a formula that failed, in any field', () => {
    for (const sign of ['#REF!', '#N/A', '#DIV/0!', '#BEZUG!', '#NV']) {
      expect(isCellError(sign)).toBe(true);
      for (const type of entityTypes) {
        for (const one of fieldsOf(type))
          expect(readCell(one, sign, writing).problem?.code).toBe('cell_error');
      }
    }
    expect(isCellError('#1 team')).toBe(false);
  });
});

describe('comparing words', () => {
  it('ignores case, accents and separators', () => {
    expect(plainHeading('  Straße–Nord_2 ')).toBe('strasse nord 2');
    expect(plainHeading('Universität (Süd)')).toBe('universitat sud');
  });

  it('finds the most likely value', () => {
    expect(nearestValues('discipline', 'Elec Eng')).toContain('electrical');
    expect(nearestValues('discipline', 'sofware')[0]).toBe('software');
    expect(nearestValues('discipline', 'zzz')).toEqual([]);
    expect(nearestValues('lifecycle', 'establishd')[0]).toBe('established');
  });

  it.each([
    ['Northfell Polytechnic', 'Lakeshore Polytechnic'],
    ['Northfell Institute of Technology', 'Lakeshore Institute of Technology'],
    ['Texas State', 'Ohio State'],
    ['Flight software', 'Ground software'],
    ['Technische Universität Nordheim', 'Technische Universität Seestadt'],
  ])('does not take %s for %s', (one, other) => {
    expect(nameLikeness(plainHeading(one), plainHeading(other))).toBeLessThan(0.55);
  });

  it.each([
    ['Sumit State', 'Summit State'],
    ['Lakeshore Polytech', 'Lakeshore Polytechnic'],
    ['UC Santa Cruz', 'University of California, Santa Cruz'],
    ['Flight softwear', 'Flight software team'],
    ['Northfell', 'Northfell Polytechnic'],
    ['The Polytechnic', 'Polytechnic'],
  ])('takes %s for %s', (one, other) => {
    expect(nameLikeness(plainHeading(one), plainHeading(other))).toBeGreaterThan(0.55);
  });

  it('finds every name most similar to itself', () => {
    const words = fc.constantFrom('north', 'lake', 'polytechnic', 'state', 'software', 'flight', 'of', 'uni');
    const name = fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(name, name, (one, other) => {
        const score = nameLikeness(one, other);
        expect(score >= 0 && score <= 1).toBe(true);
        expect(nameLikeness(one, one)).toBe(1);
      }),
    );
  });
});

const bounded = entityTypes.flatMap((type) =>
  fieldsOf(type).filter(({ likelyMax: seldomOver }) => seldomOver !== undefined),
);

describe('a possible but unlikely number', () => {
  it('is asked about beyond its field’s usual range only', () => {
    expect(bounded.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.constantFrom(...bounded), fc.integer({ min: 1, max: 1e9 }), (field, value) => {
        const { problem, value: taken } = readCell(field, value, { decimalComma: false });
        expect(taken).toBe(value);
        expect(problem?.code).toBe(value > (field.likelyMax ?? 0) ? 'unlikely_number' : undefined);
      }),
    );
  });
});

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
  // It can only be 12.5, whatever the rest of the table is written in.
  expect(one('12,5', 3.25)).toBe(12.5);
  expect(one('1,200', 3.25)).toBe('1,200');
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
