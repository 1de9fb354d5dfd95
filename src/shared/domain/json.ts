/** Any JSON value. Payloads and messages consist of these. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const emptyObject: JsonObject = Object.freeze({});

/** The object in an optional value, else the same empty one. */
export const jsonObjectIn = (value: Json | undefined): JsonObject =>
  isJsonObject(value) ? value : emptyObject;

/** The texts in a list; none if the value is not a list. */
/** The text; '' for any other value. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** True for any JSON value of any depth; false for undefined, functions, class instances, NaN and infinities. */
export function isJson(value: unknown): value is Json {
  let level: unknown[] = [value];
  while (level.length > 0) {
    const nextLevel: unknown[] = [];
    for (const current of level) {
      if (current === null || typeof current === 'string' || typeof current === 'boolean') continue;
      if (typeof current === 'number' && Number.isFinite(current)) continue;
      if (Array.isArray(current)) for (const item of current) nextLevel.push(item);
      else if (isJsonObject(current) && isPlain(current))
        for (const item of Object.values(current)) nextLevel.push(item);
      else return false;
    }
    level = nextLevel;
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

/** Whether `value` nests deeper than `levels`. Iterative, because untrusted data can be very deep. */
export function isDeeperThan(value: Json, levels: number): boolean {
  let values: Json[] = [value];
  for (let level = 0; values.length > 0; level++) {
    if (level > levels) return true;
    values = values.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
