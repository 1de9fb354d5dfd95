import { z } from 'zod';
import { payloadSchemas } from '../../domain/entities.ts';
import { recordId } from '../../domain/field.ts';
import type { JsonObject } from '../../domain/json.ts';
import { longest } from '../../domain/limits.ts';
import { sharedChange } from '../../domain/shared-sandbox.ts';
import { tableOf } from '../../domain/types.ts';
import type { EntityType } from '../../domain/types.ts';
import { operation, pageOf, paging } from './base.ts';

/** Keys of a record that the server sets: whoever sends them, in what was read and is sent back, changes nothing by them. */
export const serverKeys: readonly string[] = ['id', 'created_at', 'updated_at', 'deleted_at'];

/** A record as the routes of its type have it: its fields, custom ones too, beside its id and times. */
const record = z.looseObject({
  id: z.string(),
  /** When the server had it first, and when it was changed last: ISO 8601 in UTC. */
  created_at: z.string(),
  updated_at: z.string(),
});
export type WireRecord = z.infer<typeof record>;

const params = z.object({ id: z.string().min(1).max(longest.id) });

/** The fields of a type with their rules, and `more`, none of them required; unknown ones pass. */
function fieldsOf(type: EntityType, more: Record<string, z.ZodType> = {}): z.ZodType<JsonObject> {
  const shape = Object.entries({ ...(payloadSchemas[type].shape as Record<string, z.ZodType>), ...more });
  return z.looseObject(
    Object.fromEntries(shape.map(([key, schema]) => [key, schema.optional()])),
  ) as unknown as z.ZodType<JsonObject>;
}

/** The whole record; unknown fields pass. */
const payloadOf = (type: EntityType): z.ZodType<JsonObject> =>
  payloadSchemas[type] as unknown as z.ZodType<JsonObject>;

/** What may be done to the records of one type: each is one route of the server. */
export function recordOperations(type: EntityType) {
  const path = `/${tableOf[type].replaceAll('_', '-')}` as const;
  const tags = ['Records'];
  const one = `${path}/{id}` as const;
  const sortable = [...Object.keys(payloadSchemas[type].shape), 'created_at', 'updated_at', 'id'];
  const inputStructure = 'detailed';
  return {
    list: operation
      .route({ method: 'GET', path, tags, summary: `List records of type ${type}, newest first` })
      .input(
        paging.extend({
          sort_by: z.enum(sortable).default('created_at'),
          /** Only those that belong to it; interfaces with an end that does. */
          university_id: params.shape.id.optional(),
        }),
      )
      .output(pageOf(record)),
    get: operation
      .route({ method: 'GET', path: one, tags, inputStructure, summary: `Read a ${type}` })
      .input(z.object({ params }))
      .output(record),
    create: operation
      .route({
        method: 'POST',
        path,
        tags,
        inputStructure,
        successStatus: 201,
        summary: `Create a ${type}, with an id of the caller's where one is given`,
      })
      .input(z.object({ body: fieldsOf(type, { id: recordId }) }))
      .output(record),
    replace: operation
      .route({ method: 'PUT', path: one, tags, inputStructure, summary: `Replace all fields of a ${type}` })
      .input(z.object({ params, body: payloadOf(type) }))
      .output(record),
    update: operation
      .route({
        method: 'PATCH',
        path: one,
        tags,
        inputStructure,
        summary: `Change fields of a ${type}; null is a value`,
      })
      .input(z.object({ params, body: fieldsOf(type) }))
      .output(record),
    remove: operation
      .route({
        method: 'DELETE',
        path: one,
        tags,
        inputStructure,
        successStatus: 204,
        summary: `Delete a ${type}`,
      })
      .input(
        z.object({
          params,
          query: z.object({
            /** A university that still has records is deleted only so: they are hidden with it. */
            with_contents: z.enum(['true', 'false']).default('false'),
          }),
        }),
      )
      .output(z.void()),
  };
}

/** Named, because the type of the whole contract is too long to write down without. */
export interface RecordOperations extends ReturnType<typeof recordOperations> {}

const shared = record.extend({
  name: z.string(),
  university_id: z.string().nullable(),
  description: z.string(),
  shared_by: z.string(),
  shared_at: z.string(),
});
const tags = ['Records'];

/** What workspaces shared of their sandboxes, which only they write. */
export const sharedSandboxOperations = {
  list: operation
    .route({ method: 'GET', path: '/shared-sandboxes', tags, summary: 'List shared sandboxes, newest first' })
    .input(
      paging.extend({
        sort_by: z.enum(['name', 'created_at', 'updated_at', 'id']).default('created_at'),
        university_id: params.shape.id.optional(),
      }),
    )
    // How many records each changes.
    .output(pageOf(shared.extend({ count: z.number() }))),
  get: operation
    .route({
      method: 'GET',
      path: '/shared-sandboxes/{id}',
      tags,
      inputStructure: 'detailed',
      summary: 'Read a shared sandbox with its changes',
    })
    .input(z.object({ params }))
    .output(shared.extend({ changes: z.array(sharedChange) })),
};
