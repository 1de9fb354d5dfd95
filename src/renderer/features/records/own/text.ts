import { isDay } from '#shared/domain/days.ts';
import type { Json } from '#shared/domain/json.ts';
import { dayShown, numberLocale } from '../../../text/formats.ts';
import { valueText } from '../../../text/values.ts';
import { formatNumber } from '../sheet/number.ts';

/**
 * The value of an own field as it was brought along: nobody knows whether a figure is an amount, a year or a room, so its digits stay
 * together. Of a field of days a day is written as this seat writes days.
 */
export function ownText(value: Json | undefined, kind?: string): string {
  if (kind === 'date' && typeof value === 'string' && isDay(value)) return dayShown(value);
  return typeof value === 'number' ? formatNumber(value, numberLocale()) : valueText(value);
}
