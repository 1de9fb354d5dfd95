import type { Issue } from '../contract/fault-data.ts';
import { issueOf, issueWithCode } from '../texts/issues.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { maxFields, maxRecordBytes } from './limits.ts';

/** Bytes of a value as JSON in UTF-8. */
function jsonBytes(value: Json): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair is two bytes, as JSON escapes a lone one.
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** At least the bytes of a value as JSON in UTF-8, without making that text. A character has at most six bytes: \u0000. */
function boundBytes(value: Json): number {
  if (typeof value === 'string') return 6 * value.length + 2;
  if (Array.isArray(value)) return value.reduce<number>((sum, item: Json) => sum + boundBytes(item) + 1, 2);
  if (!isJsonObject(value)) return 32;
  let sum = 2;
  for (const key of Object.keys(value)) sum += boundBytes(key) + boundBytes(value[key] ?? null) + 2;
  return sum;
}

/** Whether a record is beyond the limit, and larger than it was stored: one from before the limit can be edited, but not grow. */
function isTooLarge(payload: JsonObject, stored: JsonObject): boolean {
  if (boundBytes(payload) <= maxRecordBytes) return false;
  const bytes = jsonBytes(payload);
  return bytes > maxRecordBytes && bytes > jsonBytes(stored);
}

/** The fields that a record can have: more than the limit only if it has them already. */
const maxFieldsWith = (stored: JsonObject): number => Math.max(maxFields, Object.keys(stored).length);

interface FieldSize {
  field: string;
  bytes: number;
}

function largestField(payload: JsonObject, fields: readonly string[]): FieldSize | null {
  let largest: FieldSize | null = null;
  for (const field of fields) {
    const bytes = jsonBytes(payload[field] ?? null);
    if (largest === null || bytes > largest.bytes) largest = { field, bytes };
  }
  return largest;
}

const toKilobytes = (bytes: number): number => Math.ceil(bytes / 1024);

export const maxRecordKilobytes = toKilobytes(maxRecordBytes);

/**
 * The issue of a record that has too many fields, or too much text; the latter names its largest field. `stored` is empty for a new record.
 */
export function sizeIssues(payload: JsonObject, stored: JsonObject): Issue[] {
  const fields = Object.keys(payload);
  if (fields.length > maxFieldsWith(stored))
    return [issueWithCode('', 'too_big', 'too_many_fields', { max: maxFields })];
  if (!isTooLarge(payload, stored)) return [];
  const { field, bytes } = largestField(payload, fields) ?? { field: '', bytes: 0 };
  return [issueOf(field, 'record_too_large', { kilobytes: toKilobytes(bytes), max: maxRecordKilobytes })];
}

/** A field that was left out: its size if the record was too large, null if the record had too many fields. */
export interface LeftOutField {
  field: string;
  kilobytes: number | null;
}

/**
 * Leaves the last new `fields` out of a record with too many, and the largest values of `fields` out of one that is too large. A field that
 * `stored` has keeps its value there.
 */
export function fitRecord(
  payload: JsonObject,
  stored: JsonObject,
  fields: readonly string[],
): { payload: JsonObject; leftOut: LeftOutField[] } {
  const leftOut: LeftOutField[] = [];
  const surplus = Object.keys(payload).length - maxFieldsWith(stored);
  const newFields = fields.filter((field) => !Object.hasOwn(stored, field));
  for (const field of surplus > 0 ? newFields.slice(-surplus) : []) leftOut.push({ field, kilobytes: null });
  const fit = (): JsonObject => {
    const names = new Set(leftOut.map(({ field }) => field));
    const kept = Object.entries(payload).filter(([field]) => !names.has(field));
    return { ...Object.fromEntries(kept), ...pick(stored, names) };
  };
  let fitted = leftOut.length === 0 ? payload : fit();
  while (isTooLarge(fitted, stored)) {
    const names = new Set(leftOut.map(({ field }) => field));
    const largest = largestField(
      fitted,
      fields.filter((field) => !names.has(field)),
    );
    if (largest === null) break;
    leftOut.push({ field: largest.field, kilobytes: toKilobytes(largest.bytes) });
    fitted = fit();
  }
  return { payload: fitted, leftOut };
}

const pick = (payload: JsonObject, names: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(payload).filter(([field]) => names.has(field)));
