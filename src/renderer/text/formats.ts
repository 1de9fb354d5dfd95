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

export function numberForm(options: Intl.NumberFormatOptions): (value: number) => string {
  const made = new Map<NumberStyle, Intl.NumberFormat>();
  return (value) => {
    const { numbers } = useFormats.getState();
    const form = made.get(numbers) ?? new Intl.NumberFormat(locales[numbers], options);
    made.set(numbers, form);
    return form.format(value);
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

const isTurned = (): boolean => useFormats.getState().dates === 'month-day' && i18n.language !== 'en';

/** 20 Nov 2026. */
export function dayText(time: number): string {
  if (useFormats.getState().dates === 'iso') return localDay(new Date(time));
  if (isTurned()) return monthFirst(time, 'short');
  return new Intl.DateTimeFormat(dateLocale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(
    time,
  );
}

const longest = new Map<string, number>();

/** The length of the longest formatted day: in German one of September. */
export function longestDay(): number {
  const key = `${i18n.language} ${useFormats.getState().dates}`;
  const known = longest.get(key);
  if (known !== undefined) return known;
  const days = Array.from({ length: 12 }, (_, month) => dayText(new Date(2028, month, 28).getTime()));
  const most = Math.max(...days.map((day) => day.length));
  longest.set(key, most);
  return most;
}

/** A day in ISO 8601 in the seat's format. */
export function dayShown(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayText(new Date(year, month - 1, date).getTime());
}

/** "20 Nov 2026, 16:14". */
export function shortMoment(time: number): string {
  return dayAndClock(time, {});
}

/** Like `shortMoment` with seconds: "20 Nov 2026, 16:14:22". */
export function momentToSecond(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : dayAndClock(time, { second: '2-digit' });
}

function dayAndClock(time: number, more: Intl.DateTimeFormatOptions): string {
  const form = { hour: 'numeric', minute: '2-digit', ...more } as const;
  return `${dayText(time)}, ${new Intl.DateTimeFormat(dateLocale(), form).format(time)}`;
}

/** A time to the second in local time. */
export function momentText(time: number): string {
  if (useFormats.getState().dates === 'iso') {
    const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(time);
    return `${localDay(new Date(time))} ${clock}`;
  }
  if (isTurned()) {
    const weekday = new Intl.DateTimeFormat(dateLocale(), { weekday: 'long' }).format(time);
    const clock = new Intl.DateTimeFormat(dateLocale(), { timeStyle: 'medium' }).format(time);
    return `${weekday}, ${monthFirst(time, 'long')}, ${clock}`;
  }
  return new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'full', timeStyle: 'medium' }).format(time);
}

const plain = numberForm({});

// `{{count, number}}` in a text.
i18n.services.formatter?.add('number', (value: unknown) =>
  typeof value === 'number' ? plain(value) : String(value),
);
