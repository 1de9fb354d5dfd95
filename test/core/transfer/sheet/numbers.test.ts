import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldInfo } from '#shared/domain/field.ts';
import { readNumber } from '#core/import/table/values.ts';

const value = (text: string, unit?: FieldInfo['unit'], comma = false) =>
  readNumber(text, unit ? { unit } : {}, { decimalComma: comma })?.value ?? null;

describe('reading a number', () => {
  it.each([
    ['12', 12],
    [' 12 ', 12],
    ['-3', -3],
    ['+4', 4],
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['1,234', 1234],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ["1'234'567", 1234567],
    ['1 234', 1234],
    ['1\u00a0234,5', 1234.5],
    ['1,234,567', 1234567],
    ['1.234.567', 1234567],
    ['.5', 0.5],
    ['0,125', 0.125],
    ['', null],
    ['five', null],
    ['5 apples', null],
    ['1,2,3', null],
    ['1.2.3', null],
    ['12,34.5', null],
    ['1.234,5,6', null],
    ['1,234.5.6', null],
    ['1e5', null],
    ['1e-7', 1e-7],
    ['1.5e+21', 1.5e21],
    ['-2e+30', -2e30],
    ['0.30000000000000004', 0.1 + 0.2],
    ['1e999', null],
    ['12345678901234567890', null],
    ['about 5', null],
    ['5-7', null],
  ])('%s is %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('reads a single comma or point in the table’s notation, and reports ambiguous ones', () => {
    expect(readNumber('1,234', {}, { decimalComma: true })).toEqual({ value: 1.234, converted: true });
    expect(readNumber('1,234', {}, { decimalComma: false })).toEqual({ value: 1234, converted: true });
    expect(readNumber('1.234', {}, { decimalComma: true })).toEqual({ value: 1234, converted: true });
    expect(readNumber('1.234', {}, { decimalComma: false })).toEqual({ value: 1.234, converted: false });
  });

  it.each([
    ['3 years', 'months', 36],
    ['1.5 yrs', 'months', 18],
    ['2 Jahre', 'months', 24],
    ['18 months', 'months', 18],
    ['18mo', 'months', 18],
    ['3 Monate', 'months', 3],
    ['15 %', 'percent', 15],
    ['15%', 'percent', 15],
    ['12,5 Prozent', 'percent', 12.5],
    ['6 people', 'people', 6],
    ['6 Personen', 'people', 6],
    ['3 Semester', 'terms', 3],
    ['2026', 'year', 2026],
    ['2026-05-15', 'year', 2026],
    ['15.05.2026', 'year', 2026],
    ['3 years', 'people', null],
    ['15%', 'months', null],
    ['constructor', 'months', null],
    ['3 constructor', 'months', null],
  ] as const)('%s in %s is %s', (text, unit, expected) => {
    expect(value(text, unit)).toBe(expected);
  });

  it('reports years converted to months, and nothing without a conversion', () => {
    expect(readNumber('3 years', { unit: 'months' }, { decimalComma: false })).toEqual({
      value: 36,
      converted: true,
    });
    expect(readNumber('36 months', { unit: 'months' }, { decimalComma: false })).toEqual({
      value: 36,
      converted: false,
    });
  });

  it('gives back every number that was written, with point and with comma', () => {
    const numbers = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((whole) => whole / 8);
    fc.assert(
      fc.property(numbers, (number) => {
        const written = number.toFixed(4);
        expect(value(written)).toBe(number);
        expect(value(written.replace('.', ','), undefined, true)).toBe(number);
        const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 4 }).format(number);
        const german = new Intl.NumberFormat('de', { minimumFractionDigits: 4 }).format(number);
        expect([value(grouped), value(german)]).toEqual([number, number]);
      }),
    );
  });

  it('gives back every number as FRAMES exports it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(value(String(number))).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('never fails, and never returns other values than numbers', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, comma) => {
        const read = readNumber(text, { unit: 'months' }, { decimalComma: comma });
        expect(read === null || Number.isFinite(read.value)).toBe(true);
      }),
    );
  });
});
