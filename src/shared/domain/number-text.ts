import type { FieldInfo } from './field.ts';
import { foldText } from './fold.ts';

export type DecimalSign = '.' | ',';

/** A number as people write it. An ambiguous one has two values: "1.200" is 1.2 with a decimal point and 1200 with a decimal comma. */
export interface NumberText {
  values: Readonly<Record<DecimalSign, number>>;
  isAmbiguous: boolean;
  /** The decimal sign that the text proves: a point in "0.5", "1,234.5" and "1,234,567"; null if it has none or is ambiguous. */
  decimalSign: DecimalSign | null;
  /** Whether no digit is lost: false for more than 15 digits, and for an exponent that JavaScript would not write. */
  isExact: boolean;
  /** What the unit multiplied the number by: 12 for years in a field of months. */
  factor: number;
}

/** The rules of a field that a number has to follow. */
export type NumberField = Pick<FieldInfo, 'unit' | 'min' | 'max' | 'whole'>;

type Unit = NonNullable<FieldInfo['unit']>;

const factorsOf = (words: string, factor: number): Record<string, number> =>
  Object.fromEntries(words.split(', ').map((word) => [word, factor]));

/** Units as `foldText` writes them. */
const unitFactors: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  months: {
    ...factorsOf('month, months, mo, mos, mon, m, monat, monate, monaten', 1),
    ...factorsOf('year, years, yr, yrs, y, a, jahr, jahre, jahren', 12),
    ...factorsOf('semester, semesters', 6),
  },
  people: factorsOf(
    'person, persons, people, personen, leute, members, member, mitglied, mitglieder, students, studierende',
    1,
  ),
  terms: factorsOf('term, terms, semester, semesters, trimester, quarters', 1),
  percent: factorsOf('%, percent, per cent, prozent, pct', 1),
  year: {},
};

const maxLength = 100;
const maxExactDigits = 15;

/** A number with what stands before and after it. Blanks and apostrophes are read only between digits. */
const partsPattern =
  /^([^\d.,+-]*)([+-]?\s*(?:\d|[.,]\d)(?:[\d.,]|[\s'’](?=\d))*(?:e[+-]?\d+)?)\s*([^\d.,\s]\D*)?$/iu;

const exponentPattern = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)e[+-]?\d+$/i;
/** "12 000,50" and "1’250": a blank or an apostrophe is no decimal sign. */
const blankGroupsPattern = /^([+-]?[1-9]\d{0,2}(?:([\s'’])\d{3})(?:\2\d{3})*)(?:([.,])(\d*))?$/u;
const signGroupsPattern = /^([+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)([.,])(\d*))?$/;
const plainPattern = /^([+-]?\d*)(?:([.,])(\d*))?$/;

const otherSign = (sign: string): DecimalSign => (sign === '.' ? ',' : '.');

/** Reads digits with separators and a sign. Null if the separators do not divide a number. */
function parseDigits(text: string): Omit<NumberText, 'factor'> | null {
  if (exponentPattern.test(text)) return certain(text.replace(',', '.'), signIn(text));
  const groups = blankGroupsPattern.exec(text) ?? signGroupsPattern.exec(text);
  if (groups) {
    const [, whole = '', separator = '', sign, decimals = ''] = groups;
    const digits = whole.replaceAll(/[^\d-]/g, '');
    const decimalSign = signIn(sign ?? '') ?? (/[.,]/.test(separator) ? otherSign(separator) : null);
    const hasOneSign = sign === undefined && /^[^.,]*[.,][^.,]*$/.test(text);
    if (!hasOneSign) return certain(sign === undefined ? digits : `${digits}.${decimals}`, decimalSign);
    const group = Number(digits);
    const fraction = Number(whole.replace(',', '.'));
    const values = separator === '.' ? { '.': fraction, ',': group } : { '.': group, ',': fraction };
    return { values, isAmbiguous: true, decimalSign: null, isExact: true };
  }
  const [, whole = '', sign, decimals = ''] = plainPattern.exec(text) ?? [];
  if (!/\d/.test(whole + decimals)) return null;
  return certain(sign === undefined ? whole : `${whole}.${decimals}`, signIn(sign ?? ''));
}

const signIn = (text: string): DecimalSign | null =>
  text.includes(',') ? ',' : text.includes('.') ? '.' : null;

/** `digits` in JavaScript's notation. Null beyond its range. */
function certain(digits: string, decimalSign: DecimalSign | null): Omit<NumberText, 'factor'> | null {
  // Avoids -0.
  const value = Number(digits) + 0;
  if (!Number.isFinite(value)) return null;
  const isShort = !/e/i.test(digits) && digits.replaceAll(/\D/g, '').length <= maxExactDigits;
  const isExact = isShort || String(value) === digits;
  return { values: { '.': value, ',': value }, isAmbiguous: false, decimalSign, isExact };
}

/** "3/5", "4 of 5", "7,5 von 10": points of the most that can be had. */
const markPattern =
  /^(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:\/|\b(?:out of|of|von|aus|sur|su|de|di|van|uit|z|ze|av|af|из|от)\b)\s*(\d{1,3})$/iu;

const maxPoints = 100;

/** Tenths, hundredths and thousandths in Japanese and Chinese: "2割5分", "3成". */
const tenthsPattern = /^(\d{1,2})[割成](?:(\d)分)?(?:(\d)厘)?$/u;

/** The share that a text gives as a mark or in tenths, in per cent; null for other text. "3/5" and "6割" are 60. Only for shares, because elsewhere it can be a date. */
export function shareOfMark(text: string): number | null {
  const [, tenths, hundredths = '0', thousandths = '0'] =
    tenthsPattern.exec(text.trim().normalize('NFKC')) ?? [];
  if (tenths !== undefined && Number(tenths) <= 10) return Number(`${tenths}${hundredths}.${thousandths}`);
  const [, points = '', most = ''] = markPattern.exec(text.trim()) ?? [];
  const [got, all] = [Number(points.replace(',', '.')), Number(most)];
  if (most === '' || all < 1 || all > maxPoints || got > all) return null;
  return Math.round((got / all) * 100 * 1e6) / 1e6;
}

/**
 * Reads a number in any notation, with a unit of the field before or after it. Null for other text. The one reader of numbers that people
 * write: imports, forms, pasted cells, filters and questions decide an ambiguous number by what they know.
 */
export function parseNumberText(text: string, unit?: FieldInfo['unit']): NumberText | null {
  if (text.length > maxLength) return null;
  const share = unit === 'percent' ? shareOfMark(text) : null;
  if (share !== null) return { ...certain(String(share), null), factor: 1 } as NumberText;
  const parts = partsPattern.exec(text.trim().replace('\u2212', '-'));
  if (!parts) return null;
  const [, before = '', figure = '', after = ''] = parts;
  const factor = factorOf(before.trim(), after.trim(), unit);
  const number = factor === null ? null : parseDigits(figure.replace(/^([+-])\s+/, '$1'));
  if (factor === null || number === null) return null;
  const scale = (value: number): number => (factor === 1 ? value : Math.round(value * factor * 1e6) / 1e6);
  return { ...number, values: { '.': scale(number.values['.']), ',': scale(number.values[',']) }, factor };
}

/** What the text around a number multiplies it by; null for text that is no unit. "5+" is 5. */
function factorOf(before: string, after: string, unit: FieldInfo['unit']): number | null {
  if (before === '' && (after === '' || after === '+')) return 1;
  if (unit === undefined || (before !== '' && after !== '')) return null;
  const word = foldText(before + after)
    .replaceAll(/[^\p{L}%]+/gu, ' ')
    .trim();
  return Object.hasOwn(unitFactors[unit], word) ? (unitFactors[unit][word] ?? null) : null;
}

const isWithinLimits = (value: number, { min, max, whole }: NumberField): boolean =>
  value >= (min ?? -Infinity) &&
  value <= (max ?? Infinity) &&
  (whole !== true || Number.isSafeInteger(value));

/** The decimal sign that a number shows, or with which alone it fits the field: a share is never 1200, a head count never 1.2. */
export function decimalSignOf(number: NumberText, field: NumberField = {}): DecimalSign | null {
  if (!number.isAmbiguous) return number.decimalSign;
  const fitting = (['.', ','] as const).filter((sign) => isWithinLimits(number.values[sign], field));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** The number of a text for a field; if it is ambiguous and fits in both readings, by the decimal sign of the writer. Null for other text. */
export function parseNumber(text: string, writersSign: DecimalSign, field: NumberField = {}): number | null {
  const number = parseNumberText(text, field.unit);
  return number && number.values[decimalSignOf(number, field) ?? writersSign];
}

/** The values of an ambiguous number that stands in a text, whatever its unit. */
export const valuesOf = (text: string): NumberText['values'] =>
  parseNumberText(text.replaceAll(/[^\d.,-]/g, ''))?.values ?? { '.': Number.NaN, ',': Number.NaN };

/** The decimal sign of a language. */
export const decimalSignIn = (language: string): DecimalSign =>
  new Intl.NumberFormat(language).format(0.5).includes(',') ? ',' : '.';
