import { z } from 'zod';
import { isJson, isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';

/** Any JSON value as somebody sends it: every part of it is looked at, and nothing of it is changed or dropped. */
export const json = z.custom<Json>(isJson, 'is not a JSON value');

/** An object of JSON values, any of its keys being somebody's field. */
export const jsonObject = z.custom<JsonObject>(
  (value) => isJsonObject(value) && isJson(value),
  'is not an object of JSON values',
);
