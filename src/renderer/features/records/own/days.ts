import { dayAs, isDay } from '#shared/domain/days.ts';
import type { DayOrder } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { dayShown, formats } from '../../../text/formats.ts';
import type { DateStyle } from '../../../text/styles.ts';

const orders: Readonly<Record<DateStyle, DayOrder | null>> = {
  'day-month': 'day_first',
  'month-day': 'month_first',
  iso: null,
};

/** The day (ISO 8601) that a text means to whoever writes dates as this seat does; null for none, or where it could be two. */
export function typedDay(text: string): string | null {
  return dayAs(text.trim(), orders[formats.getState().dates]);
}

/** As what a text that somebody types into a field of dates will be read; null where it stays as it is. */
export function readAs({ own, kind }: Pick<Field, 'own' | 'kind'>, text: string): string | null {
  if (!own || kind !== 'date' || isDay(text.trim())) return null;
  const day = typedDay(text);
  return day === null ? null : say('own:readAs', { day: dayShown(day), stored: day });
}
