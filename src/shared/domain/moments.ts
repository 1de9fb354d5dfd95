const shape = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A time that a person gave (a day, or a time with or without a zone; UTC unless told) as the log has it: ISO 8601 in UTC with
 * milliseconds. A day is its beginning. Null for what is no time.
 */
export function timeMeant(given: string): string | null {
  const found = shape.exec(given);
  if (!found) return null;
  const time = Date.parse(found[1] || given.length === 10 ? given : `${given.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Whether a text reads as a moment by itself, and so can be no name of one. */
export function readsAsMoment(text: string): boolean {
  return /^\d+$/.test(text) || /^(first|now)$/i.test(text) || shape.test(text);
}
