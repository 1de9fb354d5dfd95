import { badValue } from './option.ts';

/** A moment that a person gave (a day, or a time with or without a zone; UTC unless told) as the log has it. Throws UsageError. */
export function readMoment(given: string | undefined, name: string): string | undefined {
  if (given === undefined) return undefined;
  const shape = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    given,
  );
  const day = given.length === 10;
  const time = shape ? Date.parse(shape[1] || day ? given : `${given.replace(' ', 'T')}Z`) : Number.NaN;
  if (Number.isNaN(time)) throw badValue(name, given, 'a moment such as 2026-11-20 or 2026-11-20T08:30:00Z');
  return new Date(time).toISOString();
}
