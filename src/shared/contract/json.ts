import { z } from 'zod';
import { isJson, isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';

/** Any JSON value from a caller. Every part is validated; nothing is changed or dropped. */
export const json = z.custom<Json>(isJson, 'is not a JSON value');

export const jsonObject = z.custom<JsonObject>(
  (value) => isJsonObject(value) && isJson(value),
  'is not an object of JSON values',
);
