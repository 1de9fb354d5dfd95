import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { durationKey, keyTables, longestInYears } from '../model/interchange/keys.ts';

/** The number that a text is, without losing a digit; else null. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) || trimmed.length > 15) return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : null;
}

export interface DurationUnit {
  /** Null if no project has a duration. */
  unit: ImportPlan['duration_unit'];
  guessed: boolean;
}

/** A duration in the file's unit, from a number or a text; else null. */
export function durationIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value) : null;
}

/** The largest duration and loss of a file, null if none: they tell the units if the file does not. */
export interface Figures {
  duration: number | null;
  loss: number | null;
}

/** Takes in one record. */
export function noteFigures(figures: Figures, type: EntityType, raw: JsonObject): void {
  const note = (what: keyof Figures, key: string): void => {
    const figure = Object.hasOwn(raw, key) ? durationIn(raw[key]) : null;
    if (figure !== null) figures[what] = Math.max(figures[what] ?? figure, figure);
  };
  if (type === 'project') note('duration', durationKey);
  if (type === 'interface') for (const key of lossKeys) note('loss', key);
}

/**
 * Whether durations are in years or months: from the options, else years if none is above 10. The original wrote years first and months
 * later, and files do not say which.
 */
export function decideUnit({ duration }: Figures, option: 'guess' | 'years' | 'months'): DurationUnit {
  if (duration === null) return { unit: null, guessed: false };
  if (option !== 'guess') return { unit: option, guessed: false };
  return { unit: duration > longestInYears ? 'months' : 'years', guessed: true };
}

export interface LossUnit {
  /** Null if no interface has a loss. */
  unit: ImportPlan['loss_unit'];
  guessed: boolean;
  /** Both readings are possible. */
  ambiguous: boolean;
}

/** The unit of a file's losses: from the option, else fractions if none is above 1 and one is above 0. */
export function lossUnitOf(losses: readonly number[], option: ImportOptions['loss_unit']): LossUnit {
  const ambiguous = losses.every((loss) => loss <= 1) && losses.some((loss) => loss > 0);
  if (losses.length === 0) return { unit: null, guessed: false, ambiguous };
  if (option !== 'guess') return { unit: option, guessed: false, ambiguous };
  return { unit: ambiguous ? 'fraction' : 'percent', guessed: true, ambiguous };
}

/** A fraction in per cent, rounded. */
export function asPercent(fraction: number): number {
  return Math.round(fraction * 100 * 1e6) / 1e6;
}

/** Names of an interface's loss in files. */
const lossKeys = [...keyTables.interface.toOurs].flatMap(([key, ours]) =>
  ours === 'energy_loss' ? [key] : [],
);
