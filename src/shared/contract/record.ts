import { z } from 'zod';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { auditedTypes, entityTypes } from '../domain/types.ts';
import { jsonObject } from './json.ts';

export const entityType = z.enum(entityTypes);
export const auditedType = z.enum(auditedTypes);
/** Fields as a caller sends them: every value is looked at. */
export const fields = jsonObject;
/** Fields as we send them ourselves: they came out of JSON text a moment ago and are not looked at again. */
export const payload = z.custom<JsonObject>(isJsonObject);
export const jsonValue = z.custom<Json>((value) => value !== undefined);
/** ISO 8601 in UTC with milliseconds. */
export const moment = z.string();

/** A record as every reader sees it: what is stored, and beside it what is computed when it is read. */
export const record = z.object({
  id: z.string(),
  type: entityType,
  /** What a person calls it. */
  title: z.string(),
  university_id: z.string().nullable(),
  payload,
  /** Computed on reading, never stored: names of what it refers to, status, links, universities of an interface's ends. */
  derived: payload,
  created_at: moment,
  updated_at: moment,
  deleted_at: moment.nullable(),
  /** Not deleted itself, and left out of lists, counts and the network while its university or an end of it is deleted. */
  hidden: z.boolean(),
});
export type EntityRecord = z.infer<typeof record>;

/** A record in one line: enough to name it and go there. */
export const recordRef = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university_id: z.string().nullable(),
  deleted: z.boolean(),
});
export type RecordRef = z.infer<typeof recordRef>;
