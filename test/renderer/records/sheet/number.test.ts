import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { decimalSignIn, parseNumber } from '#shared/domain/number-text.ts';
import { formatNumber, fromRaw } from '#renderer/features/records/form/values.ts';
import { useFormats } from '#renderer/text/formats.ts';

const languages = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'es', 'pt-BR');

describe('numbers in a person’s notation', () => {
  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true }), languages])(
    'what is written is read as the same number',
    (value, language) => {
      // There is one zero to a person.
      const sign = decimalSignIn(language);
      expect(parseNumber(formatNumber(value, language), sign)).toBe(value === 0 ? 0 : value);
    },
  );

  it.each([
    ['1,250', 'comma', 1250],
    ['1.250', 'comma', 1.25],
    ['1.250', 'point', 1250],
    ['1,250', 'space', 1.25],
    // Only one reading is a number.
    ['62,5', 'comma', 62.5],
    ['62.5', 'point', 62.5],
    ['12 000,50', 'comma', 12_000.5],
    ['12 months', 'comma', 12],
    ['1 Jahr', 'point', 12],
  ] as const)('%s with the seat’s %s is %d in a form', (text, numbers, value) => {
    useFormats.setState({ numbers });
    expect(fromRaw({ kind: 'number', unit: 'months', min: 0 }, text)).toEqual({ ok: true, value });
  });

  it.each(['comma', 'point', 'space'] as const)('the field’s limits come before the seat’s %s', (numbers) => {
    useFormats.setState({ numbers });
    expect(fromRaw({ kind: 'number', whole: true, min: 1 }, '1.200')).toEqual({ ok: true, value: 1200 });
    expect(fromRaw({ kind: 'number', min: 0, max: 100 }, '1,200')).toEqual({ ok: true, value: 1.2 });
  });

  it.each(['abc', '12 km', '1.2.3', '--1', '1 2'])('%j is none', (text) => {
    expect(fromRaw({ kind: 'number', unit: 'months' }, text).ok).toBe(false);
  });
});
