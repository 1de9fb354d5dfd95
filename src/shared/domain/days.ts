export const dayOrders = ['day_first', 'month_first'] as const;
export type DayOrder = (typeof dayOrders)[number];

/** The separator of a numeric date. Only a dot implies an order. */
export const daySeparators = ['/', '.', '-'] as const;
export type DaySeparator = (typeof daySeparators)[number];

/** The ISO 8601 day of a written date for each order, or null if invalid. Both are equal if the date is unambiguous. */
export type DayByOrder = Readonly<Record<DayOrder, string | null>>;

const isoDayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** True for an ISO 8601 day that exists in the calendar: `2025-03-15`. */
export function isDay(text: string): boolean {
  return (
    text.length === 10 &&
    isoDayPattern.test(text) &&
    dayOf(text.slice(0, 4), text.slice(5, 7), text.slice(8)) === text
  );
}

/** True for an ISO 8601 day followed by a time: `2025-03-15 14:30`. */
export const isDayWithTime = (text: string): boolean =>
  isDay(text.slice(0, 10)) && /^[T ]\d/.test(text.slice(10));

/** The day in ISO 8601; null if it does not exist. Two-digit years mean 1970 to 2069. */
function dayOf(year: string, month: string, day: string): string | null {
  const [monthNumber, dayNumber] = [Number(month), Number(day)];
  const century = Number(year) < 70 ? 2000 : 1900;
  const fullYear = Number(year) + (year.length === 2 ? century : 0);
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1 || dayNumber > 31) return null;
  // Day 0 is the last day of the month before. `Date.UTC` maps years below 100 to other years.
  const lastDay = new Date(new Date(0).setUTCFullYear(fullYear, monthNumber, 0)).getUTCDate();
  if (dayNumber > lastDay) return null;
  const pad = (number: number, length: number): string => String(number).padStart(length, '0');
  return `${pad(fullYear, 4)}-${pad(monthNumber, 2)}-${pad(dayNumber, 2)}`;
}

const sameInBothOrders = (day: string | null): DayByOrder | null =>
  day === null ? null : { day_first: day, month_first: day };

const monthNames = [
  'jan',
  'feb',
  'mar|mär|mrz',
  'apr',
  'may|mai',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct|okt',
  'nov',
  'dec|dez',
].map((names) => names.split('|'));

/** The number of a month by its name; 0 if unknown. */
function monthOf(name: string): number {
  const start = name.normalize('NFC').toLowerCase().slice(0, 3);
  return monthNames.findIndex((names) => names.includes(start)) + 1;
}

const maxDateLength = 24;
const midnightSuffix = /[T ]00:00(?::00(?:\.0+)?)?Z?$/;
const yearFirst = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/;
const yearLast = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})$/;
const dayMonthYear = /^(\d{1,2})(?:\.|st|nd|rd|th)?[ -]?(\p{L}{3,9})\.?[ ,-]+(\d{4})$/u;
const monthDayYear = /^(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u;

/** Parses a date such as `2025-03-15`, `15/03/2025` or `15 Mar 2025`. Null if it is not a valid date. */
export function parseDay(raw: string): DayByOrder | null {
  const text = raw.trim().replace(midnightSuffix, '');
  if (text.length > maxDateLength) return null;
  const [, year = '', , month = '', day = ''] = yearFirst.exec(text) ?? [];
  if (year !== '') return sameInBothOrders(dayOf(year, month, day));
  const [, firstNumber = '', , secondNumber = '', yearText = ''] = yearLast.exec(text) ?? [];
  if (yearText !== '') {
    const days = {
      day_first: dayOf(yearText, secondNumber, firstNumber),
      month_first: dayOf(yearText, firstNumber, secondNumber),
    };
    return days.day_first === null && days.month_first === null ? null : days;
  }
  const [, leadingDay = '', innerMonth = '', yearAfterMonth = ''] = dayMonthYear.exec(text) ?? [];
  if (yearAfterMonth !== '')
    return sameInBothOrders(dayOf(yearAfterMonth, String(monthOf(innerMonth)), leadingDay));
  const [, leadingMonth = '', innerDay = '', yearAfterDay = ''] = monthDayYear.exec(text) ?? [];
  return yearAfterDay === ''
    ? null
    : sameInBothOrders(dayOf(yearAfterDay, String(monthOf(leadingMonth)), innerDay));
}

/** Whether a text is written as a numeric date that does not exist, such as 31.02.2026. */
export function isImpossibleDay(text: string): boolean {
  const trimmed = text.trim().replace(midnightSuffix, '');
  return (yearFirst.test(trimmed) || yearLast.test(trimmed)) && parseDay(trimmed) === null;
}

export function unambiguousDay(text: string): string | null {
  const days = parseDay(text);
  if (!days) return null;
  const { day_first, month_first } = days;
  if (day_first !== null && month_first !== null && day_first !== month_first) return null;
  return day_first ?? month_first;
}

/** Separator of a numeric date and whether its year has two digits; null for any other text. */
export function numericFormat(text: string): { separator: DaySeparator; hasShortYear: boolean } | null {
  const [, separator, year = ''] = /^\s*\d{1,2}([-./])\d{1,2}\1(\d+)/.exec(text) ?? [];
  return separator === undefined
    ? null
    : { separator: separator as DaySeparator, hasShortYear: year.length === 2 };
}

/** The order that all countries use with this separator, or null. With dots the day always comes first. */
export function fixedOrder(separator: DaySeparator): DayOrder | null {
  return separator === '.' ? 'day_first' : null;
}

/**
 * The day of a date in the given order (null: order unknown). Uses the other order if the given one is invalid. Null if the text is not a
 * date or is ambiguous. Also null for three two-digit numbers with hyphens, where each could be the year.
 */
export function dayInOrder(text: string, order: DayOrder | null): string | null {
  const format = numericFormat(text);
  if (format?.separator === '-' && format.hasShortYear) return null;
  const effectiveOrder = format === null ? null : (fixedOrder(format.separator) ?? order);
  const day = effectiveOrder === null ? undefined : parseDay(text)?.[effectiveOrder];
  return day ?? unambiguousDay(text);
}

/** First and last day of a year, month or day: `2025`, `2025-03`, `2025-03-15`; null for other texts. */
export function daysIn(text: string): { from: string; until: string } | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim()) ?? [];
  if (year === undefined || Number(year) < 100) return null;
  const from = dayOf(year, month ?? '1', day ?? '1');
  if (from === null) return null;
  const lastDay =
    month === undefined ? '31' : String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  return { from, until: dayOf(year, month ?? '12', day ?? lastDay) ?? from };
}

export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
