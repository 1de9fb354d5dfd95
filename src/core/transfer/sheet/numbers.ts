import type { FieldInfo } from '#shared/domain/field.ts';
import { plain } from './words.ts';

export interface ReadNumber {
  value: number;
  /** It was turned into another unit, or could be read in two ways: worth telling. */
  converted: boolean;
}

type Unit = FieldInfo['unit'];

/** What stands behind a figure, and how many of the field's unit one of it is. */
const units: Readonly<Record<NonNullable<Unit>, Readonly<Record<string, number>>>> = {
  months: {
    ...each(['month', 'months', 'mo', 'mos', 'mon', 'm', 'monat', 'monate', 'monaten'], 1),
    ...each(['year', 'years', 'yr', 'yrs', 'y', 'a', 'jahr', 'jahre', 'jahren'], 12),
    ...each(['semester', 'semesters'], 6),
  },
  people: each(
    ['person', 'persons', 'people', 'personen', 'members', 'member', 'mitglieder', 'students', 'studierende'],
    1,
  ),
  terms: each(['term', 'terms', 'semester', 'semesters', 'trimester', 'quarters'], 1),
  percent: each(['%', 'percent', 'per cent', 'prozent', 'pct'], 1),
  year: {},
};

function each(words: readonly string[], factor: number): Record<string, number> {
  return Object.fromEntries(words.map((word) => [word, factor]));
}

/**
 * The number that a text says: with decimal point or comma, groups of thousands, and a unit that the field knows (years become
 * months). Null when it says something else as well. `decimalComma`: a lone comma before three digits is a decimal one.
 */
export function readNumber(text: string, unit: Unit, decimalComma: boolean): ReadNumber | null {
  const written = text.trim();
  // As FRAMES exports what is very large or very small.
  if (/^-?\d[\d.]*e[+-]\d+$/.test(written) && String(Number(written)) === written)
    return { value: Number(written), converted: false };
  const match = /^([+-]?[\d.,'\u2019\s\u00a0\u202f]*\d[\d.,]*)\s*([^\d.,]*)$/.exec(written);
  const year = unit === 'year' ? yearOf(text) : null;
  if (year || !match) return year;
  const figure = figureOf((match[1] ?? '').replaceAll(/['\u2019\s\u00a0\u202f]/g, ''), decimalComma);
  if (figure === null) return null;
  const word = plain(match[2] ?? '');
  if (word === '') return (match[2] ?? '').trim() === '' || match[2] === '+' ? figure : null;
  const factor = unit && Object.hasOwn(units[unit], word) ? units[unit][word] : undefined;
  if (factor === undefined) return null;
  const value = Math.round(figure.value * factor * 1e6) / 1e6;
  return { value, converted: figure.converted || factor !== 1 };
}

/** The year of a date. */
function yearOf(text: string): ReadNumber | null {
  const match =
    /^(\d{4})-\d{2}-\d{2}/.exec(text.trim()) ?? /^\d{1,2}[./]\d{1,2}[./](\d{4})$/.exec(text.trim());
  return match ? { value: Number(match[1]), converted: true } : null;
}

function figureOf(text: string, decimalComma: boolean): ReadNumber | null {
  const lastComma = text.lastIndexOf(',');
  const lastPoint = text.lastIndexOf('.');
  if (lastComma >= 0 && lastPoint >= 0) {
    const decimal = lastComma > lastPoint ? ',' : '.';
    return grouped(text, decimal === ',' ? '.' : ',', decimal, false);
  }
  if (lastComma >= 0) return oneSign(text, ',', decimalComma);
  if (lastPoint >= 0) return oneSign(text, '.', !decimalComma);
  return exact(text, false);
}

/** One kind of sign: groups where there are several or, when it is not the decimal one here, where three digits follow. */
function oneSign(text: string, sign: ',' | '.', isDecimal: boolean): ReadNumber | null {
  const several = text.indexOf(sign) !== text.lastIndexOf(sign);
  const threes = new RegExp(`^[+-]?[1-9]\\d{0,2}(\\${sign}\\d{3})+$`).test(text);
  if (threes && (several || !isDecimal)) return exact(text.replaceAll(sign, ''), !several);
  return several ? null : exact(text.replace(sign, '.'), threes && sign === ',');
}

function grouped(text: string, group: string, decimal: string, converted: boolean): ReadNumber | null {
  const [whole = '', fraction = '', ...more] = text.split(decimal);
  const threes = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+$`).test(whole);
  if (more.length > 0 || !threes || fraction.includes(group)) return null;
  return exact(`${whole.replaceAll(group, '')}.${fraction}`, converted);
}

/** No digit may be lost on the way. What JavaScript writes of a number is that number, however many digits it takes. */
function exact(text: string, converted: boolean): ReadNumber | null {
  if (String(Number(text)) === text) return { value: Number(text), converted };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) || text.replaceAll(/\D/g, '').length > 15) return null;
  return { value: Number(text), converted };
}
