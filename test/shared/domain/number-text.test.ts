import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalSignIn,
  decimalSignOf,
  parseNumber,
  parseNumberText,
  shareOfMark,
} from '#shared/domain/number-text.ts';

/** What a text says: its value, both values of an ambiguous one (with a decimal point, with a comma), or null. */
function readingOf(text: string): number | readonly [number, number] | null {
  const number = parseNumberText(text);
  if (!number) return null;
  return number.isAmbiguous ? [number.values['.'], number.values[',']] : number.values['.'];
}

describe('a mark', () => {
  it.each([
    ['3/5', 60],
    ['0/5', 0],
    ['1 / 3', 33.333333],
    ['4 of 5', 80],
    ['7,5 von 10', 75],
    ['2 out of 4', 50],
    ['3 su 5', 60],
    ['6/5', null],
    ['1/0', null],
    ['12/2024', null],
    ['1/2/3', null],
    ['5', null],
  ])('%s is a share of %j per cent', (text, share) => {
    expect(parseNumber(text, '.', { unit: 'percent' })).toBe(text === '5' ? 5 : share);
    expect(shareOfMark(text)).toBe(share);
    // Elsewhere it can be a date.
    expect(parseNumberText(text)?.values['.'] ?? null).toBe(text === '5' ? 5 : null);
    expect(parseNumber(text, '.', { unit: 'months' })).toBe(text === '5' ? 5 : null);
  });
});

describe('a number as text', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    [' 12 ', 12],
    ['+4', 4],
    ['-3', -3],
    ['\u22125', -5],
    ['\u22121,5', -1.5],
    ['- 5', -5],
    ['62,5', 62.5],
    ['62.5', 62.5],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['-0,125', -0.125],
    ['1234.567', 1234.567],
    ['1234,567', 1234.567],
    ['1.2000', 1.2],
    ['12,50', 12.5],
    ['1.234.567', 1_234_567],
    ['1,234,567', 1_234_567],
    ['1,234.56', 1234.56],
    ['1.234,56', 1234.56],
    ['1,234,567.8', 1_234_567.8],
    ['1,234.567', 1234.567],
    ["1'250", 1250],
    ['1’250', 1250],
    ["1'234'567.5", 1_234_567.5],
    ['12 000', 12_000],
    ['12 000,50', 12_000.5],
    ['12\u00a0000,50', 12_000.5],
    ['12\u2009000,50', 12_000.5],
    ['12\u202f000.50', 12_000.5],
    ['12 000,500', 12_000.5],
    ['1 234 567', 1_234_567],
    ['1e3', 1000],
    ['1.5e+21', 1.5e21],
    ['1,5e+21', 1.5e21],
    ['5+', 5],
  ])('%j is %d', (text, value) => {
    expect(readingOf(text)).toBe(value);
  });

  it.each([
    ['1.200', 1.2, 1200],
    ['1,200', 1200, 1.2],
    ['12.345', 12.345, 12_345],
    ['999,000', 999_000, 999],
    ['-1.500', -1.5, -1500],
  ])('%j is %d with a decimal point and %d with a comma', (text, point, comma) => {
    expect(readingOf(text)).toEqual([point, comma]);
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    ',',
    '--1',
    '+-1',
    'five',
    '5 apples',
    'about 5',
    '~5',
    '5-7',
    '0x10',
    'NaN',
    'Infinity',
    '1e999',
    '1,2,3',
    '1.2.3',
    '1.20.300',
    '12,34.5',
    '1.234,5,6',
    '1,234.5.6',
    '0,123,456',
    // Digits with blanks between them are a number only in groups of three.
    '1 2',
    '5 7',
    '2024 2025',
    '12 34',
    '12 0000',
    '1 234 56',
    '1 234\u00a0567',
    "1'25",
    '12.-',
    '2026-05-15',
    '15.05.2026',
    '8:30',
    '½',
    '3²',
    '5 %',
    '5 m2',
    '1'.repeat(200),
    `5${' '.repeat(90)}x`,
  ])('%j is none', (text) => {
    expect(readingOf(text)).toBeNull();
  });

  it('loses no digit, or says so', () => {
    const isExact = (text: string) => parseNumberText(text)?.isExact;
    for (const text of ['123456789012345', '1234567890123456', '0.30000000000000004', '1e-7', '1.200'])
      expect(isExact(text)).toBe(true);
    for (const text of ['12345678901234567890', '0.3000000000000000', '1e5', '1.5e3'])
      expect(isExact(text)).toBe(false);
  });

  it.each([
    ['62.5', '.'],
    ['62,5', ','],
    ['1,234,567', '.'],
    ['1.234.567', ','],
    ['1.234,5', ','],
    ['12 000,5', ','],
    ["1'250", null],
    ['12', null],
    ['1.200', null],
  ])('%j shows the decimal sign %j', (text, sign) => {
    expect(decimalSignOf(parseNumberText(text) as NonNullable<ReturnType<typeof parseNumberText>>)).toBe(
      sign,
    );
  });
});

describe('a number with a unit', () => {
  it.each([
    ['15 %', 'percent', 15],
    ['62,5%', 'percent', 62.5],
    ['%15', 'percent', 15],
    ['12,5 Prozent', 'percent', 12.5],
    ['3 years', 'months', 36],
    ['1,5 yrs.', 'months', 18],
    ['18mo', 'months', 18],
    ['3 Semester', 'months', 18],
    ['3 Semester', 'terms', 3],
    ['6 Personen', 'people', 6],
    ['6 km', 'people', null],
    ['15%', 'months', null],
    ['% 15 %', 'percent', null],
    ['3 constructor', 'months', null],
    ['~5', 'percent', null],
    ['5 -', 'percent', null],
  ] as const)('%j in %s is %j', (text, unit, value) => {
    expect(parseNumberText(text, unit)?.values['.'] ?? null).toBe(value);
  });
});

describe('an ambiguous number', () => {
  const [english, german, french] = ['en', 'de', 'fr'].map(decimalSignIn) as ['.', ',', ','];
  const share = { unit: 'percent', min: 0, max: 100 } as const;
  const people = { unit: 'people', min: 1, whole: true } as const;

  it('is read by the language of its writer', () => {
    expect([english, german, french, decimalSignIn('de-CH'), decimalSignIn('es')]).toEqual([
      '.',
      ',',
      ',',
      '.',
      ',',
    ]);
    expect(parseNumber('1,200', english)).toBe(1200);
    expect(parseNumber('1.200', english)).toBe(1.2);
    expect(parseNumber('1.200', german)).toBe(1200);
    expect(parseNumber('1,200', french)).toBe(1.2);
  });

  it('is what the field allows, in any language', () => {
    for (const sign of ['.', ','] as const) {
      expect(parseNumber('1.200', sign, people)).toBe(1200);
      expect(parseNumber('1,200', sign, people)).toBe(1200);
      expect(parseNumber('1.200', sign, share)).toBe(1.2);
      expect(parseNumber('1,200 %', sign, share)).toBe(1.2);
    }
    const months = { unit: 'months', min: 0 } as const;
    expect([english, german].map((sign) => parseNumber('1.200', sign, months))).toEqual([1.2, 1200]);
  });

  it('is no reason to misread others', () => {
    expect(parseNumber('62,5', english)).toBe(62.5);
    expect(parseNumber('62.5', german)).toBe(62.5);
    expect(parseNumber('12 000,50', english)).toBe(12_000.5);
    expect(parseNumber("1'250", german)).toBe(1250);
  });
});

describe('reading numbers', () => {
  const languages = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'es', 'pt-BR', 'pl', 'sv', 'tr');

  it('gives back what a language writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), languages, (eighths, language) => {
        const value = eighths / 8;
        const format = new Intl.NumberFormat(language, { useGrouping: 'always', maximumFractionDigits: 3 });
        expect(parseNumber(format.format(value), decimalSignIn(language))).toBe(value + 0);
      }),
    );
  });

  it('gives back what programs write, exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const number = parseNumberText(String(value));
        expect(number?.values['.']).toBe(value === 0 ? 0 : value);
        expect(number?.isExact).toBe(true);
      }),
    );
  });

  it('never fails', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9., '’+e%a-]*$/));
    fc.assert(
      fc.property(texts, (text) => {
        const number = parseNumberText(text, 'months');
        expect(number === null || Object.values(number.values).every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
