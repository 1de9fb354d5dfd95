import type { Json } from '#shared/domain/json.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { valueText } from './values.ts';

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;

/** A named note: on one line if it is a value or a list of values, else with indented lines below. */
function noteLines(name: string, value: Json): string[] {
  const oneLine = (text: string): string[] => [`${name}: ${text}`];
  if (isPlain(value)) return oneLine(valueText(value));
  if (Array.isArray(value) && value.every(isPlain)) {
    const items = value as readonly Json[];
    return oneLine(items.length === 0 ? valueText(null) : items.map((one) => valueText(one)).join(', '));
  }
  const nested = linesOf(value);
  return nested.length === 0 ? oneLine(valueText(null)) : [`${name}:`, ...nested.map((one) => `  ${one}`)];
}

/** Notes as readable lines, `room: A431`, nested ones indented. A list has a line for each item. */
export function linesOf(value: Json): string[] {
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, one]) => noteLines(name, one));
  if (!Array.isArray(value)) return [valueText(value)];
  return value.flatMap((item: Json) => {
    const [first = valueText(null), ...more] = linesOf(item);
    return [`– ${first}`, ...more.map((line) => `  ${line}`)];
  });
}

export function differingLines(value: Json, other: Json): string[] {
  const otherLines = new Set(linesOf(other));
  return linesOf(value).filter((line) => !otherLines.has(line));
}
