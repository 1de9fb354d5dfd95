import type { ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { durationKey, keyTables, longestInYears } from '../../model/interchange/keys.ts';

/** The number that a text is when it says nothing else and loses no digit by it, or null. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) || trimmed.length > 15) return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : null;
}

export interface DurationUnit {
  /** Null when no project of the file has a duration. */
  unit: ImportPlan['duration_unit'];
  guessed: boolean;
}

/** A duration as the original wrote it, in the file's unit: a number or a text that is one; null when it is neither. */
export function durationIn(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberIn(value) : null;
}

/** The largest duration and the largest loss of a file, null where it has none: they tell the units where nobody names them. */
export interface Figures {
  duration: number | null;
  loss: number | null;
}

/** Takes in what one record says. */
export function noteFigures(figures: Figures, type: EntityType, raw: JsonObject): void {
  const note = (what: keyof Figures, key: string): void => {
    const figure = Object.hasOwn(raw, key) ? durationIn(raw[key]) : null;
    if (figure !== null) figures[what] = Math.max(figures[what] ?? figure, figure);
  };
  if (type === 'project') note('duration', durationKey);
  if (type === 'interface') for (const key of lossKeys) note('loss', key);
}

/**
 * Whether the durations of a file are years or months: what the options say, else years when none is above 10. The original
 * wrote years first and months later, and no file says which.
 */
export function decideUnit({ duration }: Figures, option: 'guess' | 'years' | 'months'): DurationUnit {
  if (duration === null) return { unit: null, guessed: false };
  if (option !== 'guess') return { unit: option, guessed: false };
  return { unit: duration > longestInYears ? 'months' : 'years', guessed: true };
}

export interface LossUnit {
  /** Null when no interface of the file has a loss. */
  unit: ImportPlan['loss_unit'];
  guessed: boolean;
  /** The losses can be read as either. */
  ambiguous: boolean;
}

/** How files call the loss of a link. */
const lossKeys = [...keyTables.interface.toOurs].flatMap(([key, ours]) =>
  ours === 'energy_loss' ? [key] : [],
);
