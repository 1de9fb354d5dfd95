import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { durationKey, keyTables, maxDurationYears } from '../model/interchange/keys.ts';

/** The number in a text, if it loses no digit; else null. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) || trimmed.length > 15) return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : null;
}

export interface DurationUnit {
  /** Null if no project has a duration. */
  unit: ImportPlan['duration_unit'];
  isGuessed: boolean;
}

/** A duration in the file's unit, from a number or a text; else null. */
export function durationIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value) : null;
}

/** The largest duration and loss of a file, null if none. The units are guessed from these if the file does not name them. */
export interface LargestValues {
  duration: number | null;
  loss: number | null;
}

/** Updates the largest values with those of one record. */
export function updateLargest(largest: LargestValues, type: EntityType, raw: JsonObject): void {
  const update = (quantity: keyof LargestValues, key: string): void => {
    const number = Object.hasOwn(raw, key) ? durationIn(raw[key]) : null;
    if (number !== null) largest[quantity] = Math.max(largest[quantity] ?? number, number);
  };
  if (type === 'project') update('duration', durationKey);
  if (type === 'interface') for (const key of lossKeys) update('loss', key);
}

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

export interface LossUnit {
  /** Null if no interface has a loss. */
  unit: ImportPlan['loss_unit'];
  isGuessed: boolean;
  /** Whether the losses can be both fractions and per cent. */
  isAmbiguous: boolean;
}

/** The unit of a file's losses: from the option, else fractions if none is above 1 and one is above 0. */
export function lossUnitOf(losses: readonly number[], option: ImportOptions['loss_unit']): LossUnit {
  const isAmbiguous = losses.every((loss) => loss <= 1) && losses.some((loss) => loss > 0);
  if (losses.length === 0) return { unit: null, isGuessed: false, isAmbiguous };
  if (option !== 'guess') return { unit: option, isGuessed: false, isAmbiguous };
  return { unit: isAmbiguous ? 'fraction' : 'percent', isGuessed: true, isAmbiguous };
}

/** A fraction in per cent, rounded. */
export function asPercent(fraction: number): number {
  return Math.round(fraction * 100 * 1e6) / 1e6;
}

/** Names of an interface's loss in files. */
const lossKeys = [...keyTables.interface.toOurs].flatMap(([key, field]) =>
  field === 'energy_loss' ? [key] : [],
);
