import { z } from 'zod';
import { maxFieldNameLength, customKinds } from '../domain/custom-fields.ts';
import { operation, readOperation } from './base.ts';
import { json } from './json.ts';
import { entityType, fields, jsonValue, record, recordRef } from './record.ts';

/** A field key of a list: declared, computed, or `own:` and the name of a custom field. */
export const fieldKey = z.string().min(1).max(maxFieldNameLength);

export const filter = z.object({
  /** A payload field (declared or custom), or created_at, updated_at, university_id, status. */
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
  /** Words that the title must contain; ignores case. */
  search: z.string().max(200).default(''),
  sort: z.array(sort).max(4).default([]),
  deleted: z.enum(['without', 'only', 'with']).default('without'),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(0).max(1000).default(100),
});
export type ListInput = z.input<typeof listInput>;

export const list = readOperation
  .route({ method: 'GET', path: '/entities/{type}', summary: 'List records' })
  .input(listInput)
  .output(
    z.object({
      rows: z.array(record),
      /** Number of records that match the filters, before the limit. */
      matched: z.number(),
      total: z.number(),
      offset: z.number(),
    }),
  );

const recordKey = z.object({ type: entityType, id: z.string().min(1).max(200) });

export const get = readOperation
  .route({ method: 'GET', path: '/entities/{type}/{id}', summary: 'Read one record' })
  .input(recordKey)
  .output(record);

export const find = readOperation.input(z.object({ id: z.string().min(1).max(200) })).output(record);

export const counts = readOperation
  .route({ method: 'GET', path: '/counts', summary: 'Records of each type' })
  .input(z.object({ deleted: z.enum(['without', 'only']).default('without') }))
  .output(z.record(z.string(), z.number()));

/** The values of a field, most frequent first, as filter options. */
export const values = readOperation
  .input(
    z.object({
      type: entityType,
      field: fieldKey,
      limit: z.number().int().min(1).max(200).default(50),
    }),
  )
  .output(z.array(z.object({ value: jsonValue, count: z.number() })));

/** Custom fields with a value in visible records of the type, by name: the possible extra columns. */
export const customFields = readOperation
  .input(z.object({ type: entityType }))
  .output(z.array(z.object({ name: z.string(), kind: z.enum(customKinds) })));

/** Finds records by title: starting with or containing the text, then by words, then fuzzy; deleted ones last. */
const lookupInput = z.object({
  types: z.array(entityType).min(1),
  text: z.string().max(200).default(''),
  limit: z.number().int().min(1).max(100).default(20),
  deleted: z.boolean().default(false),
  /** Ids of people, teams and universities: they and their members come first, in this order. */
  near: z.array(z.string()).max(10).default([]),
  /** Also finds records by their team or university alone. */
  byPlace: z.boolean().default(false),
});
export type LookupInput = z.infer<typeof lookupInput>;

/** A record with the titles of its team (of students) and university. */
const lookupRecord = recordRef.extend({ team: z.string().nullable(), university: z.string().nullable() });
export type LookupRecord = z.infer<typeof lookupRecord>;

export const lookup = readOperation.input(lookupInput).output(z.array(lookupRecord));

export const links = readOperation
  .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(1000).default(200) }))
  .output(
    z.object({
      total: z.number(),
      rows: z.array(
        z.object({ link: record, direction: z.enum(['out', 'in']), other: recordRef.nullable() }),
      ),
    }),
  );

/** `op_id` is the audit transaction; null if nothing changed. */
const writeResult = z.object({ record, op_id: z.string().nullable() });

export const create = operation
  .route({ method: 'POST', path: '/entities/{type}', summary: 'Create a record' })
  .input(z.object({ type: entityType, id: z.string().min(1).max(200).optional(), data: fields }))
  .output(writeResult);

/**
 * A shallow patch: sets the given fields and removes those in `unset`; null is a value. `expected` holds the fields of the patch as the
 * caller last saw them, without absent fields. The answer lists fields that another user had changed, with the values that were replaced.
 */
export const update = operation
  .route({ method: 'PATCH', path: '/entities/{type}/{id}', summary: 'Change fields of a record' })
  .input(
    recordKey.extend({
      data: fields.default({}),
      unset: z.array(z.string().min(1)).default([]),
      expected: fields.optional(),
    }),
  )
  .output(
    writeResult.extend({
      overwritten: z.array(z.object({ field: z.string(), value: jsonValue })).default([]),
    }),
  );

const removal = z.object({
  links: z.number(),
  references: z.number(),
  /** For a university: its records, by type, which must be deleted with the university. */
  contents: z.record(z.string(), z.number()),
});

/** The cascade of deleting a record. `also` adds ids of the same type; each dependant counts once. */
export const previewRemoval = readOperation
  .input(recordKey.extend({ also: z.array(recordKey.shape.id).max(10_000).default([]) }))
  .output(removal);

export const remove = operation
  .route({ method: 'DELETE', path: '/entities/{type}/{id}', summary: 'Delete a record and its interfaces' })
  .input(recordKey.extend({ with_contents: z.boolean().default(false) }))
  .output(removal.extend({ op_id: z.string(), title: z.string() }));

export const restoredDependants = z.object({
  links: z.number(),
  contents: z.record(z.string(), z.number()),
});

export type RestoredDependants = z.infer<typeof restoredDependants>;

/** `with_references` first restores the deleted records that the record refers to, such as the ends of an interface. */
export const restore = operation
  .route({ method: 'POST', path: '/entities/{type}/{id}/restore', summary: 'Bring a deleted record back' })
  .input(recordKey.extend({ with_references: z.boolean().default(false) }))
  .output(writeResult.extend(restoredDependants.shape));
