import type { ImportPlan } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Claim } from './claims.ts';
import { durationKey } from './keys.ts';
import { numberIn } from './values.ts';

export interface DurationUnit {
  /** Null when no project of the file has a duration. */
  unit: ImportPlan['duration_unit'];
  guessed: boolean;
}

/** No project lasts longer than this many years, so a file that has a larger figure counts in months. */
const mostYears = 10;

/** A duration as the original wrote it, in the file's unit: a number or a text that is one; null when it is neither. */
export function durationIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value) : null;
}

/**
 * Whether the durations of a file are years or months: what the options say, else years when none is above 10. The original
 * wrote years first and months later, and no file says which.
 */
export function decideUnit(claims: readonly Claim[], option: 'guess' | 'years' | 'months'): DurationUnit {
  let unit: DurationUnit['unit'] = null;
  for (const { type, raw } of claims) {
    if (type !== 'project' || !Object.hasOwn(raw, durationKey)) continue;
    const value = durationIn(raw[durationKey]);
    if (value === null) continue;
    unit ??= 'years';
    if (value > mostYears) unit = 'months';
  }
  if (unit === null || option === 'guess') return { unit, guessed: unit !== null };
  return { unit: option, guessed: false };
}

/** A duration in months, without the crumbs that arithmetic with fractions leaves; infinite when it is too large for a number. */
export function inMonths(value: number, unit: 'years' | 'months'): number {
  if (unit === 'months') return value;
  const months = value * 12;
  const rounded = Math.round(months * 1e6) / 1e6;
  return Number.isFinite(rounded) ? rounded : months;
}
