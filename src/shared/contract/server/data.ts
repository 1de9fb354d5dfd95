import { z } from 'zod';
import { payloadSchemas } from '../../domain/entities.ts';
import { recordId } from '../../domain/field.ts';
import type { JsonObject } from '../../domain/json.ts';
import { maxLengths } from '../../domain/limits.ts';
import { sharedChange } from '../../domain/shared-sandbox.ts';
import { tableOf } from '../../domain/types.ts';
import type { EntityType } from '../../domain/types.ts';
import { operation, pageOf, paging } from './base.ts';

/** Keys set by the server. Requests can contain them, as read before; they are ignored, except for the id of a new record. */
export const serverKeys: readonly string[] = ['id', 'created_at', 'updated_at', 'deleted_at'];

/** A record in the routes of its type: all fields, custom ones too, with id and times. */
const record = z.looseObject({
  id: z.string(),
  /** First arrival at the server and last change: ISO 8601 in UTC. */
  created_at: z.string(),
  updated_at: z.string(),
});
export type WireRecord = z.infer<typeof record>;

const params = z.object({ id: z.string().min(1).max(maxLengths.id) });

/** The fields of a type and `extraFields`, all optional; unknown fields are valid. */
function optionalFields(
  type: EntityType,
  extraFields: Record<string, z.ZodType> = {},
): z.ZodType<JsonObject> {
  const shape = Object.entries({
    ...(payloadSchemas[type].shape as Record<string, z.ZodType>),
    ...extraFields,
  });
  return z.looseObject(
    Object.fromEntries(shape.map(([key, schema]) => [key, schema.optional()])),
  ) as unknown as z.ZodType<JsonObject>;
}

/** The whole record; unknown fields are valid. */
const payloadSchemaOf = (type: EntityType): z.ZodType<JsonObject> =>
  payloadSchemas[type] as unknown as z.ZodType<JsonObject>;

export function recordOperations(type: EntityType) {
  const path = `/${tableOf[type].replaceAll('_', '-')}` as const;
  const tags = ['Records'];
  const recordPath = `${path}/{id}` as const;
  const description =
    type === 'project'
      ? 'The field `repository_url` also creates a repository record of the project. A workspace that has its folder, or can clone it, scans it when a person asks.'
      : undefined;
  const written = description === undefined ? {} : { description };
  const sortable = [...Object.keys(payloadSchemas[type].shape), 'created_at', 'updated_at', 'id'];
  const inputStructure = 'detailed';
  return {
    list: operation
      .route({ method: 'GET', path, tags, summary: `List records of type ${type}, newest first` })
      .input(
        paging.extend({
          sort_by: z.enum(sortable).default('created_at'),
          university_id: params.shape.id.optional(),
        }),
      )
      .output(pageOf(record)),
    get: operation
      .route({ method: 'GET', path: recordPath, tags, inputStructure, summary: `Read a ${type}` })
      .input(z.object({ params }))
      .output(record),
    create: operation
      .route({
        method: 'POST',
        path,
        tags,
        inputStructure,
        successStatus: 201,
        ...written,
        summary: `Create a ${type}, with an id of the caller's where one is given`,
      })
      .input(z.object({ body: optionalFields(type, { id: recordId }) }))
      .output(record),
    replace: operation
      .route({
        method: 'PUT',
        path: recordPath,
        tags,
        inputStructure,
        ...written,
        summary: `Replace all fields of a ${type}`,
      })
      .input(z.object({ params, body: payloadSchemaOf(type) }))
      .output(record),
    update: operation
      .route({
        method: 'PATCH',
        path: recordPath,
        tags,
        inputStructure,
        ...written,
        summary: `Change fields of a ${type}; null is a value`,
      })
      .input(z.object({ params, body: optionalFields(type) }))
      .output(record),
    remove: operation
      .route({
        method: 'DELETE',
        path: recordPath,
        tags,
        inputStructure,
        successStatus: 204,
        summary: `Delete a ${type}`,
      })
      .input(
        z.object({
          params,
          query: z.object({
            /** Required for deleting a university that still has records; hides them with it. */
            with_contents: z.enum(['true', 'false']).default('false'),
          }),
        }),
      )
      .output(z.void()),
  };
}

/** Named, because TypeScript cannot serialise the inferred type of the whole contract. */
export interface RecordOperations extends ReturnType<typeof recordOperations> {}

const sharedRecord = record.extend({
  name: z.string(),
  university_id: z.string().nullable(),
  description: z.string(),
  shared_by: z.string(),
  shared_at: z.string(),
});
const tags = ['Records'];

/** Shared sandboxes. Only workspaces write them. */
export const sharedSandboxOperations = {
  list: operation
    .route({ method: 'GET', path: '/shared-sandboxes', tags, summary: 'List shared sandboxes, newest first' })
    .input(
      paging.extend({
        sort_by: z.enum(['name', 'created_at', 'updated_at', 'id']).default('created_at'),
        university_id: params.shape.id.optional(),
      }),
    )
    .output(pageOf(sharedRecord.extend({ count: z.number() }))),
  get: operation
    .route({
      method: 'GET',
      path: '/shared-sandboxes/{id}',
      tags,
      inputStructure: 'detailed',
      summary: 'Read a shared sandbox with its changes',
    })
    .input(z.object({ params }))
    .output(sharedRecord.extend({ changes: z.array(sharedChange) })),
};
