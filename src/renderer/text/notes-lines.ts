import type { Json } from '#shared/domain/json.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { valueText } from './values.ts';

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;

/** What is noted under a name: on its line where it is one thing or a list of such, else on lines of its own below it. */
function named(name: string, value: Json): string[] {
  const line = (text: string): string[] => [`${name}: ${text}`];
  if (isPlain(value)) return line(valueText(value));
  if (Array.isArray(value) && value.every(isPlain)) {
    const items = value as readonly Json[];
    return line(items.length === 0 ? valueText(null) : items.map((one) => valueText(one)).join(', '));
  }
  const within = linesOf(value);
  return within.length === 0 ? line(valueText(null)) : [`${name}:`, ...within.map((one) => `  ${one}`)];
}

/**
 * Notes as they are read: a line for each, `room: A431`, what lies within them set in, without the signs in which they are stored. A
 * list gives a line for each of its items.
 */
export function linesOf(value: Json): string[] {
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, one]) => named(name, one));
  if (!Array.isArray(value)) return [valueText(value)];
  return value.flatMap((item: Json) => {
    const [first = valueText(null), ...more] = linesOf(item);
    return [`– ${first}`, ...more.map((line) => `  ${line}`)];
  });
}

/** The lines of one value that the other does not have. */
export function linesOnlyIn(value: Json, other: Json): string[] {
  const known = new Set(linesOf(other));
  return linesOf(value).filter((line) => !known.has(line));
}
