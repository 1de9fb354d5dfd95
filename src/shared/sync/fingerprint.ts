import type { Json, JsonObject } from '../domain/json.ts';

/** JSON text that is the same for equal values: keys of objects in order. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  const entries = Object.entries(value as Record<string, Json>).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** What the fingerprint of a record is the SHA-256 of, of which the first 16 bytes count. A deleted record has none. */
export function fingerprintText(type: string, id: string, payload: JsonObject): string {
  return `${type}\u001f${id}\u001f${canonicalJson(payload)}`;
}
