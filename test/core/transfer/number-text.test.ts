import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExactNumber } from '#core/import/json/parse.ts';

describe('isExactNumber', () => {
  it('accepts every number as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isExactNumber(JSON.stringify(value), value)).toBe(true);
      }),
    );
  });

  it('agrees with whole-number arithmetic', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (value) => {
        const text = String(value);
        const shown = Number(text).toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 });
        expect(isExactNumber(text, Number(text))).toBe(
          BigInt(shown) === value || BigInt(text) === decimalOf(Number(text)),
        );
      }),
    );
  });

  it.each([
    '0',
    '-0',
    '0.0',
    '0e5',
    '1.0',
    '1.50e3',
    '1E+2',
    '100e-2',
    '0.30000000000000004',
    '1e21',
    '0.000001',
    '9007199254740991',
  ])('keeps %s', (text) => expect(isExactNumber(text, Number(text))).toBe(true));

  it.each([
    '12345678901234567890',
    '9007199254740993',
    '0.1000000000000000055',
    '1e400',
    '-1e999',
    '1e-400',
    '3.14159265358979323846',
  ])('does not keep %s', (text) => expect(isExactNumber(text, Number(text))).toBe(false));
});

/** The whole number that JavaScript's own shortest form of a number says. */
function decimalOf(value: number): bigint {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length);
}
