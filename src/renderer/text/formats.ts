import { windowStore } from '../api/window-store.ts';
import { i18n } from '../i18n/setup.ts';
import type { DateStyle, NumberStyle } from '../i18n/styles.ts';
import { localDay } from './local-day.ts';

/** Date and number formats of this seat, independent of its language. */
export const useFormats = windowStore<{ dates: DateStyle; numbers: NumberStyle }>(() => ({
  dates: 'day-month',
  numbers: 'comma',
}));

const locales: Readonly<Record<NumberStyle, string>> = { comma: 'en', point: 'de', space: 'fr' };

/** A locale with the seat's number format. */
export function numberLocale(): string {
  return locales[useFormats.getState().numbers];
}

export function numberFormatter(options: Intl.NumberFormatOptions): (value: number) => string {
  const formatters = new Map<NumberStyle, Intl.NumberFormat>();
  return (value) => {
    const { numbers } = useFormats.getState();
    const formatter = formatters.get(numbers) ?? new Intl.NumberFormat(locales[numbers], options);
    formatters.set(numbers, formatter);
    return formatter.format(value);
  };
}

function dateLocale(): string {
  const language = i18n.language;
  if (language !== 'en') return language;
  return useFormats.getState().dates === 'month-day' ? 'en-US' : 'en-GB';
}

/** Month before day in a language that only knows the other order: `Nov. 20, 2026`. */
function monthFirst(time: number, month: 'short' | 'long'): string {
  const date = new Date(time);
  const name = new Intl.DateTimeFormat(dateLocale(), { month }).format(date);
  return `${name} ${date.getDate()}, ${date.getFullYear()}`;
}

const isMonthFirst = (): boolean => useFormats.getState().dates === 'month-day' && i18n.language !== 'en';

/** 20 Nov 2026. */
export function dayText(time: number): string {
  if (useFormats.getState().dates === 'iso') return localDay(new Date(time));
  if (isMonthFirst()) return monthFirst(time, 'short');
  return new Intl.DateTimeFormat(dateLocale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(
    time,
  );
}

const maxDayLengths = new Map<string, number>();

/** The number of characters of the longest formatted day of a year. */
export function maxDayLength(): number {
  const key = `${i18n.language} ${useFormats.getState().dates}`;
  const cached = maxDayLengths.get(key);
  if (cached !== undefined) return cached;
  const days = Array.from({ length: 12 }, (_, month) => dayText(new Date(2028, month, 28).getTime()));
  const length = Math.max(...days.map((day) => day.length));
  maxDayLengths.set(key, length);
  return length;
}

/** A day in ISO 8601 in the seat's format. */
export function formatDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayText(new Date(year, month - 1, date).getTime());
}

/** "20 Nov 2026, 16:14". */
export function shortDateTime(time: number): string {
  return dayAndClock(time, {});
}

/** Like `shortDateTime` with seconds: "20 Nov 2026, 16:14:22". */
export function dateTimeToSecond(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : dayAndClock(time, { second: '2-digit' });
}

function dayAndClock(time: number, extraOptions: Intl.DateTimeFormatOptions): string {
  const options = { hour: 'numeric', minute: '2-digit', ...extraOptions } as const;
  return `${dayText(time)}, ${new Intl.DateTimeFormat(dateLocale(), options).format(time)}`;
}

/** The full date and time to the second, in local time. */
export function fullDateTime(time: number): string {
  if (useFormats.getState().dates === 'iso') {
    const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(time);
    return `${localDay(new Date(time))} ${clock}`;
  }
  if (isMonthFirst()) {
    const weekday = new Intl.DateTimeFormat(dateLocale(), { weekday: 'long' }).format(time);
    const clock = new Intl.DateTimeFormat(dateLocale(), { timeStyle: 'medium' }).format(time);
    return `${weekday}, ${monthFirst(time, 'long')}, ${clock}`;
  }
  return new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'full', timeStyle: 'medium' }).format(time);
}

const formatPlain = numberFormatter({});

// `{{count, number}}` in a text.
i18n.services.formatter?.add('number', (value: unknown) =>
  typeof value === 'number' ? formatPlain(value) : String(value),
);
