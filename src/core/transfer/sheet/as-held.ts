import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { plainNumber } from '#shared/domain/own-fields.ts';
import type { Writing } from './values.ts';
import { readYesNo } from './values.ts';

/**
 * Own values that a row of a file brings for a record, each of the kind that the record holds: text files know neither numbers nor yes
 * and no, and a list or notes stand in one cell as JSON. What cannot be one stays a text.
 */
export function asHeld(
  own: Readonly<Record<string, Json>>,
  before: JsonObject,
  writing: Writing,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const held = Object.hasOwn(before, name) ? before[name] : undefined;
      return [name, typeof value === 'string' ? ofKind(value, held, writing) : value];
    }),
  );
}

/** Words that are nothing but yes or no. */
const answer = /^(?:yes|no|ja|nein|true|false|wahr|falsch)$/i;

function ofKind(text: string, held: Json | undefined, { decimalComma }: Writing): Json {
  if (typeof held === 'number') return numberIn(text, held, decimalComma) ?? text;
  if (typeof held === 'boolean') return answer.test(text.trim()) ? (readYesNo(text) ?? text) : text;
  if (typeof held !== 'object' || held === null || !/^[[{]/.test(text)) return text;
  try {
    const read = JSON.parse(text) as Json;
    return jsonEqual(read, held) ? held : text;
  } catch {
    return text;
  }
}

/** "1.500" may be fifteen hundred in a table with decimal commas. */
const grouped = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** The number that a text is, written as programs write it, or with a decimal comma in a table that has such. Null where it may be two. */
function numberIn(text: string, held: number, decimalComma: boolean): number | null {
  if (text === String(held)) return held;
  if (decimalComma && grouped.test(text)) return null;
  return plainNumber(decimalComma && /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
}
