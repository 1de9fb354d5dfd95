import { dayInOrder, daysIn } from '#shared/domain/days.ts';
import type { DayOrder } from '#shared/domain/days.ts';
import type { DateStyle } from '../i18n/styles.ts';
import { useFormats } from './formats.ts';

const orders: Readonly<Record<DateStyle, DayOrder | null>> = {
  'day-month': 'day_first',
  'month-day': 'month_first',
  iso: null,
};

/** The day (ISO 8601) of a text in the seat's date format; null for none or an ambiguous one. */
export function parseTypedDay(text: string): string | null {
  return dayInOrder(text.trim(), orders[useFormats.getState().dates]);
}

/** The first and last day of a typed year (`2025`), month (`2025-03`) or day; null for none. */
export function parseTypedSpan(text: string): { from: string; until: string } | null {
  return daysIn(text) ?? daysIn(parseTypedDay(text) ?? '');
}
