import { dayAs, daysIn } from '#shared/domain/days.ts';
import type { DayOrder } from '#shared/domain/days.ts';
import type { DateStyle } from '../i18n/styles.ts';
import { formats } from './formats.ts';

const orders: Readonly<Record<DateStyle, DayOrder | null>> = {
  'day-month': 'day_first',
  'month-day': 'month_first',
  iso: null,
};

/** The day (ISO 8601) that a text means to whoever writes dates as this seat does; null for none, or where it could be two. */
export function typedDay(text: string): string | null {
  return dayAs(text.trim(), orders[formats.getState().dates]);
}

/** The first and the last day that a text means: of a year (`2025`), a month (`2025-03`) or a day as this seat writes them; null for none. */
export function typedSpan(text: string): { from: string; until: string } | null {
  return daysIn(text) ?? daysIn(typedDay(text) ?? '');
}
