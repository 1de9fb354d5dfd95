/** Any JSON value. Payloads and messages consist of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for any JSON value of any depth; false for undefined, functions, class instances, NaN and infinities. */
export function isJson(value: unknown): value is Json {
  let row: unknown[] = [value];
  while (row.length > 0) {
    const next: unknown[] = [];
    for (const one of row) {
      if (one === null || typeof one === 'string' || typeof one === 'boolean') continue;
      if (typeof one === 'number' && Number.isFinite(one)) continue;
      if (Array.isArray(one)) for (const item of one) next.push(item);
      else if (isJsonObject(one) && isPlain(one)) for (const item of Object.values(one)) next.push(item);
      else return false;
    }
    row = next;
  }
  return true;
}

/** True for objects from literals or JSON.parse, also of another realm. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Deep equality of two JSON values; key order does not matter. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item: Json, index) => jsonEqual(item, right[index] as Json));
  }
  const a = left as JsonObject;
  const b = right as JsonObject;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]));
}

/** Whether `value` nests deeper than `levels`. Iterative, because untrusted data may be very deep. */
export function deeperThan(value: Json, levels: number): boolean {
  let row: Json[] = [value];
  for (let level = 0; row.length > 0; level++) {
    if (level > levels) return true;
    row = row.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
