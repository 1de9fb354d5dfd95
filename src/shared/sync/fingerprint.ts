import type { Json, JsonObject } from '../domain/json.ts';

/** JSON text with sorted object keys, so that equal values give equal texts. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  const entries = Object.entries(value as Record<string, Json>).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** The input of a record's fingerprint, the first 16 bytes of its SHA-256. A deleted record has no fingerprint. */
export function fingerprintText(type: string, id: string, payload: JsonObject): string {
  return `${type}\u001f${id}\u001f${canonicalJson(payload)}`;
}
