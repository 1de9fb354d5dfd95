import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  toCustomName,
  compareCustomNames,
  isCustomName,
  customKindOf,
  maxCustomNameLength,
  customFieldKey,
  customNameOf,
  customSortValue,
  parsePlainNumber,
} from '#shared/domain/custom-fields.ts';
import { codePoint } from '#test/support/code-points.ts';

describe('the name of a custom field', () => {
  test.prop([fc.string({ unit: codePoint, minLength: 1 })])('comes back from what lists call it', (name) => {
    expect(customNameOf(customFieldKey(name))).toBe(name);
  });

  it('is null if reserved or unreadable', () => {
    expect(isCustomName('team', 'Lead email')).toBe(true);
    expect(isCustomName('team', 'Name')).toBe(true);
    for (const name of ['name', 'id', 'imported_values', 'university_id', '__proto__', ' ', 'a\0b', '\uD800'])
      expect(isCustomName('team', name)).toBe(false);
    // What every object answers to would be read out of records that have no such field.
    for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty'])
      expect(isCustomName('team', name)).toBe(false);
    expect(isCustomName('university', 'discipline')).toBe(true);
    expect(isCustomName('team', 'x'.repeat(maxCustomNameLength + 1))).toBe(false);
    expect(customNameOf('name')).toBeNull();
    expect(customNameOf('own:')).toBeNull();
  });

  it('is the same however its letters are written', () => {
    expect(toCustomName(' Bu\u0308ro ')).toBe('B\u00fcro');
  });

  test.prop([fc.string(), fc.string()])('has one place among the others', (a, b) => {
    expect(Math.sign(compareCustomNames(a, b))).toBe(-Math.sign(compareCustomNames(b, a)) + 0);
    expect(compareCustomNames(a, b) === 0).toBe(a === b);
  });
});

describe('a value of a custom field', () => {
  it('is a number when it is written as one, and a code stays a code', () => {
    expect(['12', '-3.50', '0', '0.5'].map(parsePlainNumber)).toEqual([12, -3.5, 0, 0.5]);
    expect(parsePlainNumber('-123456789012.345')).toBe(-123456789012.345);
    for (const text of ['007', '+49', '1,5', '1e5', '', ' 1', '1.', '1234567890123456'])
      expect(parsePlainNumber(text)).toBeNull();
  });

  test.prop([fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))])(
    'as a number is compared as the same, whether it came as text or not',
    (number) => {
      const text = String(number);
      expect(customKindOf(number)).toBe('number');
      if (parsePlainNumber(text) !== null) expect(customSortValue(text)).toBe(number + 0);
    },
  );
});
