import { z } from 'zod';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { auditedTypes, entityTypes } from '../domain/types.ts';
import { jsonObject } from './json.ts';
import { withDisplay } from './display-rules.ts';

export const entityType = z.enum(entityTypes);
export const auditedType = z.enum(auditedTypes);
/** Fields as sent by a caller; every value is validated. */
export const fields = jsonObject;
/** Fields that we send. They were parsed from JSON text, so they are not validated again. */
export const payload = z.custom<JsonObject>(isJsonObject);
export const jsonValue = z.custom<Json>((value) => value !== undefined);
/** ISO 8601 in UTC with milliseconds. */
export const moment = z.string();

export const record = withDisplay(
  z.object({
    id: z.string(),
    type: entityType,
    title: z.string(),
    university_id: z.string().nullable(),
    payload,
    /** Computed on reading, never stored: titles of references, status, links, universities of an interface's ends. */
    derived: payload,
    created_at: moment,
    updated_at: moment,
    deleted_at: moment.nullable(),
    /** The record is not deleted, but excluded from lists, counts and the network because its university or an end is deleted. */
    hidden: z.boolean(),
  }),
  { text: ({ type, id, title }) => `${type} "${title}" (${id})` },
);
export type EntityRecord = z.infer<typeof record>;

/** A short form of a record, enough to show and open the record. */
export const recordRef = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university_id: z.string().nullable(),
  deleted: z.boolean(),
});
export type RecordRef = z.infer<typeof recordRef>;
