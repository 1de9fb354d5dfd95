import type { Json } from '#shared/domain/json.ts';
import { numberLocale } from '../../../text/formats.ts';
import { valueText } from '../../../text/values.ts';
import { formatNumber } from '../sheet/number.ts';

/** The value of an own field as it was brought along: nobody knows whether a figure is an amount, a year or a room, so its digits stay together. */
export function ownText(value: Json | undefined): string {
  return typeof value === 'number' ? formatNumber(value, numberLocale()) : valueText(value);
}
