import { pointsOf } from '#shared/domain/share-units.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { parseNumberText, shareOfMark } from '#shared/domain/number-text.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { durationKey, keyTables, maxDurationYears } from '../model/interchange/keys.ts';

/**
 * The number in a text of a file that programs write, if it loses no digit: "1.200" has a decimal point. Null for "1,200", which can be
 * either. Shares can have a per cent sign or be marks such as "3/5".
 */
export function typedNumberIn(text: string, unit?: FieldInfo['unit']): number | null {
  const number = parseNumberText(text, unit === 'percent' ? unit : undefined);
  if (!number || (number.isAmbiguous && text.includes(','))) return null;
  return number.isExact || text.trim().length <= 15 ? number.values['.'] : null;
}

export interface DurationUnit {
  /** Null if no project has a duration. */
  unit: ImportPlan['duration_unit'];
  isGuessed: boolean;
}

/** A duration in the file's unit, from a number or a text; else null. */
export function durationIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? typedNumberIn(value) : null;
}

/** The largest duration of a file, null if none, and the largest value of each share field. The units are guessed from these if the file does not name them. */
export interface LargestValues {
  duration: number | null;
  shares: Map<string, number>;
}

/** Updates the largest values with those of one record. */
export function updateLargest(largest: LargestValues, type: EntityType, raw: JsonObject): void {
  const numberAt = (key: string): number | null => (Object.hasOwn(raw, key) ? durationIn(raw[key]) : null);
  const duration = type === 'project' ? numberAt(durationKey) : null;
  if (duration !== null) largest.duration = Math.max(largest.duration ?? duration, duration);
  for (const [key, field] of shareKeys[type]) {
    const share = Object.hasOwn(raw, key) ? shareForUnit(raw[key]) : null;
    if (share !== null) largest.shares.set(field, Math.max(largest.shares.get(field) ?? share, share));
  }
}

/** A share for the decision of its unit: one with a per cent sign counts as 100, a mark such as "3/5" decides nothing. */
function shareForUnit(value: Json | undefined): number | null {
  if (typeof value !== 'string') return durationIn(value);
  if (shareOfMark(value) !== null) return null;
  const share = typedNumberIn(value, 'percent');
  return share !== null && value.includes('%') ? 100 : share;
}

/** Whether a share says itself that it is in per cent, whatever the unit of the others. */
export const isInPercent = (value: Json): boolean =>
  typeof value === 'string' && (value.includes('%') || shareOfMark(value) !== null);

/**
 * Whether durations are in years or months: from the options, else years if none is above 10. The original program wrote years first and
 * months later, and its files do not say which.
 */
export function durationUnitOf(
  { duration }: LargestValues,
  option: 'guess' | 'years' | 'months',
): DurationUnit {
  if (duration === null) return { unit: null, isGuessed: false };
  if (option !== 'guess') return { unit: option, isGuessed: false };
  return { unit: duration > maxDurationYears ? 'months' : 'years', isGuessed: true };
}

/** Whether a field is a share, which is stored in per cent. */
export const isShare = (type: EntityType, field: string): boolean => fieldOf(type, field)?.unit === 'percent';

export interface ShareUnitGuess {
  /** Null without values. */
  unit: ShareUnit | null;
  isGuessed: boolean;
  /** Whether the values can be both fractions and per cent. */
  isAmbiguous: boolean;
  /** The scale on which the values can be points: of 5 or 10, if none is above that and one is above 1. */
  scale: ShareUnit | null;
}

/** The unit of a file's shares of one field: from the option, else fractions if none is above 1 and one is above 0. */
export function shareUnitOf(shares: readonly number[], option: ShareUnit | 'guess'): ShareUnitGuess {
  const isAmbiguous = shares.every((share) => share <= 1) && shares.some((share) => share > 0);
  const most = shares.reduce((max, share) => Math.max(max, share), 0);
  const scale = most > 1 ? (commonScales.find((unit) => most <= (pointsOf(unit) ?? 0)) ?? null) : null;
  if (shares.length === 0) return { unit: null, isGuessed: false, isAmbiguous, scale };
  if (option !== 'guess') return { unit: option, isGuessed: false, isAmbiguous, scale };
  return { unit: isAmbiguous ? 'fraction' : 'percent', isGuessed: true, isAmbiguous, scale };
}

const commonScales = ['of_5', 'of_10'] as const;

/** A share of a unit in per cent, rounded. */
export function toPercent(share: number, unit: ShareUnit): number {
  const points = unit === 'fraction' ? 1 : pointsOf(unit);
  return points === null ? share : asPercent(share / points);
}

/** A fraction in per cent, rounded. */
export function asPercent(fraction: number): number {
  return Math.round(fraction * 100 * 1e6) / 1e6;
}

/** The rest to 100 % of a share in per cent, rounded: of a kept share, the loss. */
export function restOf(percent: number): number {
  return Math.round((100 - percent) * 1e6) / 1e6;
}

/** By type: the names of its share fields in files, with the field. */
const shareKeys = Object.fromEntries(
  entityTypes.map((type): [EntityType, [string, string][]] => [
    type,
    [
      ...fieldsOf(type).map(({ key }): [string, string] => [key, key]),
      ...[...keyTables[type].toOurs].filter(([key, field]) => key !== field),
    ].filter(([, field]) => isShare(type, field)),
  ]),
) as Record<EntityType, [key: string, field: string][]>;
