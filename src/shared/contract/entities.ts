import { z } from 'zod';
import { longestFieldName, ownKinds } from '../domain/own-fields.ts';
import { operation } from './base.ts';
import { json } from './json.ts';
import { entityType, fields, jsonValue, record, recordRef } from './record.ts';

/** A field as lists name it: one that the type declares, one that is computed, or `own:` and the name of an own one. */
export const fieldKey = z.string().min(1).max(longestFieldName);

export const filter = z.object({
  /** A field of the payload, own ones included, or created_at, updated_at, university_id, status. */
  field: fieldKey,
  op: z.enum(['is', 'is_not', 'in', 'contains', 'gte', 'lte', 'not_gte', 'empty', 'not_empty']),
  value: json.optional(),
});
export type Filter = z.infer<typeof filter>;

export const sort = z.object({ field: fieldKey, direction: z.enum(['asc', 'desc']) });
export type Sort = z.infer<typeof sort>;

export const listInput = z.object({
  type: entityType,
  filters: z.array(filter).max(20).default([]),
  /** Words that the title must contain, in any case. */
  search: z.string().max(200).default(''),
  sort: z.array(sort).max(4).default([]),
  deleted: z.enum(['without', 'only', 'with']).default('without'),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(0).max(1000).default(100),
});
export type ListInput = z.input<typeof listInput>;

export const list = operation
  .route({ method: 'GET', path: '/entities/{type}', summary: 'List records' })
  .input(listInput)
  .output(
    z.object({
      rows: z.array(record),
      /** How many match the filters, shown or not. */
      matched: z.number(),
      /** How many there are without the filters. */
      total: z.number(),
      offset: z.number(),
    }),
  );

const key = z.object({ type: entityType, id: z.string().min(1).max(200) });

export const get = operation
  .route({ method: 'GET', path: '/entities/{type}/{id}', summary: 'Read one record' })
  .input(key)
  .output(record);

/** Reads one record whose type is not known. */
export const find = operation.input(z.object({ id: z.string().min(1).max(200) })).output(record);

export const counts = operation
  .route({ method: 'GET', path: '/counts', summary: 'Records of each type' })
  .input(z.object({ deleted: z.enum(['without', 'only']).default('without') }))
  .output(z.record(z.string(), z.number()));

/** The values that a field holds, most frequent first: choices of a filter. */
export const values = operation
  .input(
    z.object({
      type: entityType,
      field: fieldKey,
      limit: z.number().int().min(1).max(200).default(50),
    }),
  )
  .output(z.array(z.object({ value: jsonValue, count: z.number() })));

/** The own fields that live records of the type have a value in, by name: what can be a column beside those that the type declares. */
export const ownFields = operation
  .input(z.object({ type: entityType }))
  .output(z.array(z.object({ name: z.string(), kind: z.enum(ownKinds) })));

/**
 * Records by their titles: those that begin with the text or contain it, then those of which each word is in the title or in the university's name, then those
 * with words like these, typing errors and all. Those that are deleted come last, if at all.
 */
export const lookup = operation
  .input(
    z.object({
      types: z.array(entityType).min(1),
      text: z.string().max(200).default(''),
      limit: z.number().int().min(1).max(100).default(20),
      deleted: z.boolean().default(false),
    }),
  )
  .output(z.array(recordRef));

/** The interfaces of a record, each with the record at its other end. */
export const links = operation
  .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(1000).default(200) }))
  .output(
    z.object({
      total: z.number(),
      rows: z.array(
        z.object({ link: record, direction: z.enum(['out', 'in']), other: recordRef.nullable() }),
      ),
    }),
  );

/** `op_id` names the audit transaction that was made; null when the record already was as asked. */
const written = z.object({ record, op_id: z.string().nullable() });

export const create = operation
  .route({ method: 'POST', path: '/entities/{type}', summary: 'Create a record' })
  .input(z.object({ type: entityType, id: z.string().min(1).max(200).optional(), data: fields }))
  .output(written);

/**
 * A shallow patch: named fields are set, those in `unset` removed; null is a value. `expected` holds the fields of the patch as the
 * caller last saw them, absent ones left out; the answer then names those that somebody else had changed, with the value they had.
 */
export const update = operation
  .route({ method: 'PATCH', path: '/entities/{type}/{id}', summary: 'Change fields of a record' })
  .input(
    key.extend({
      data: fields.default({}),
      unset: z.array(z.string().min(1)).default([]),
      expected: fields.optional(),
    }),
  )
  .output(
    written.extend({ overwritten: z.array(z.object({ field: z.string(), value: jsonValue })).default([]) }),
  );

const removal = z.object({
  /** Interfaces that go with it. */
  links: z.number(),
  /** Students and projects that lose a reference. */
  references: z.number(),
  /** For a university: its records, by type. They must be taken along. */
  contents: z.record(z.string(), z.number()),
});

/** What deleting a record would take along; with `also`, ids of others of the type, what all of them would, each once. */
export const previewRemoval = operation
  .input(key.extend({ also: z.array(key.shape.id).max(10_000).default([]) }))
  .output(removal);

export const remove = operation
  .route({ method: 'DELETE', path: '/entities/{type}/{id}', summary: 'Delete a record and its interfaces' })
  .input(key.extend({ with_contents: z.boolean().default(false) }))
  .output(removal.extend({ op_id: z.string(), title: z.string() }));

/** What is visible again with restored records. */
export const cameBack = z.object({
  /** Interfaces. */
  links: z.number(),
  /** What belongs to universities, by table. */
  contents: z.record(z.string(), z.number()),
});

export type CameBack = z.infer<typeof cameBack>;

/** `with_references`: what the record refers to and is deleted comes back before it, an interface's ends for one. */
export const restore = operation
  .route({ method: 'POST', path: '/entities/{type}/{id}/restore', summary: 'Bring a deleted record back' })
  .input(key.extend({ with_references: z.boolean().default(false) }))
  .output(written.extend(cameBack.shape));
