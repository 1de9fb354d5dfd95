import type { Json } from '#shared/domain/json.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { valueText } from './values.ts';

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null;

/** A named note: on one line if it is a value or a list of values, else with indented lines below. */
function noteLines(name: string, value: Json): string[] {
  const singleLine = (text: string): string[] => [`${name}: ${text}`];
  if (isPlain(value)) return singleLine(valueText(value));
  if (Array.isArray(value) && value.every(isPlain)) {
    const items = value as readonly Json[];
    return singleLine(items.length === 0 ? valueText(null) : items.map((one) => valueText(one)).join(', '));
  }
  const nestedLines = notesLines(value);
  return nestedLines.length === 0
    ? singleLine(valueText(null))
    : [`${name}:`, ...nestedLines.map((one) => `  ${one}`)];
}

/** Notes as readable lines, `room: A431`, nested ones indented. A list has a line for each item. */
export function notesLines(value: Json): string[] {
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, one]) => noteLines(name, one));
  if (!Array.isArray(value)) return [valueText(value)];
  return value.flatMap((item: Json) => {
    const [firstLine = valueText(null), ...moreLines] = notesLines(item);
    return [`– ${firstLine}`, ...moreLines.map((line) => `  ${line}`)];
  });
}

export function differingLines(value: Json, other: Json): string[] {
  const otherLines = new Set(notesLines(other));
  return notesLines(value).filter((line) => !otherLines.has(line));
}
