import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { formatNumber, parseNumber } from '#renderer/features/records/form/values.ts';

const languages = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'es', 'pt-BR');

describe('numbers in a person’s notation', () => {
  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true }), languages])(
    'what is written is read as the same number',
    (value, language) => {
      // There is one zero to a person.
      expect(parseNumber(formatNumber(value, language), language)).toBe(value === 0 ? 0 : value);
    },
  );

  test.prop([fc.integer({ min: -1e9, max: 1e9 }), languages])(
    'with signs between thousands too',
    (value, language) => {
      const text = new Intl.NumberFormat(language, { useGrouping: 'always' }).format(value);
      expect(parseNumber(text, language)).toBe(value);
    },
  );

  it.each([
    ['1,250', 'en', 1250],
    ['1,250.5', 'en', 1250.5],
    ['1 250', 'en', 1250],
    ['1.250,5', 'de', 1250.5],
    ['1.250', 'de', 1250],
    ['1.5', 'de', 1.5],
    ['12 months', 'en', 12],
    ['18 %', 'en', 18],
    ['18%', 'en', 18],
    ['\u22125', 'en', -5],
    [' 7 ', 'en', 7],
    ['1e3', 'en', 1000],
  ])('%s in %s', (text, language, value) => {
    expect(parseNumber(text, language, ['months', '%'])).toBe(value);
  });

  it.each(['', 'abc', '1,5', '12 km', '1.2.3', '--1', 'Infinity', 'NaN', '.', '-', '0x10', '1,2,3'])(
    '%j is none',
    (text) => {
      expect(parseNumber(text, 'en', ['months'])).toBeNull();
    },
  );
});
