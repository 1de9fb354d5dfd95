import { z } from 'zod';
import { id, operation, readOperation } from './base.ts';
import { restoredDependants, fieldKey, filter } from './entities.ts';
import { streamOf } from './progress.ts';
import { entityType, fields, jsonValue } from './record.ts';

/** Maximum changes of one `change`, enough for a paste or a wizard. Use `edit` for more. */
export const maxChanges = 5000;

const fieldChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), type: entityType, id: id.optional(), data: fields }),
  z.object({
    kind: z.literal('update'),
    type: entityType,
    id,
    data: fields.default({}),
    unset: z.array(z.string().min(1)).default([]),
  }),
]);
export type FieldChange = z.input<typeof fieldChange>;

/**
 * Creates or changes several records in order, as one undoable step, all or nothing. Used for pastes and for a record with its dependants.
 * A change can refer to a record that an earlier change creates, if the caller chose its id. INVALID has the index: `changes.3.size`.
 */
export const applyChanges = operation
  .route({ method: 'POST', path: '/entities/changes', summary: 'Make several changes at once' })
  .input(z.object({ changes: z.array(fieldChange).min(1).max(maxChanges) }))
  .output(
    z.object({
      op_id: z.string().nullable(),
      /** Ids in the order of the changes, including new records. */
      ids: z.array(z.string()),
      changed: z.number(),
    }),
  );

/** The selection: ids, or all visible records of the type that match, except some. */
export const recordSelection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(id).min(1).max(10_000) }),
  z.object({
    kind: z.literal('matching'),
    filters: z.array(filter).max(20).default([]),
    search: z.string().max(200).default(''),
    except: z.array(id).max(10_000).default([]),
  }),
]);
export type RecordSelection = z.input<typeof recordSelection>;

/** `changed` counts changed records, `unchanged` those that already had the values. */
const editResult = z.object({ op_id: z.string().nullable(), changed: z.number(), unchanged: z.number() });

/** Sets or removes the same fields in many records, as one undoable step, all or nothing. */
export const setFields = operation
  .input(
    z.object({
      type: entityType,
      which: recordSelection,
      data: fields.default({}),
      unset: z.array(z.string().min(1)).default([]),
    }),
  )
  .output(streamOf(editResult));

const removalResult = z.object({
  op_id: z.string().nullable(),
  removed: z.number(),
  /** Students set to inactive instead. */
  retired: z.number(),
  links: z.number(),
  references: z.number(),
  /** Records of universities deleted in the cascade, by table. */
  contents: z.record(z.string(), z.number()),
});

/** Deletes many records as one undoable step. Universities with records need `with_contents`. `retire` makes students inactive instead. */
export const removeMany = operation
  .input(
    z.object({
      type: entityType,
      which: recordSelection,
      also: z
        .array(z.object({ type: entityType, ids: z.array(id).min(1).max(10_000) }))
        .max(10)
        .default([]),
      with_contents: z.boolean().default(false),
      retire: z.boolean().default(false),
    }),
  )
  .output(streamOf(removalResult));

const restoreResult = z.object({ op_id: z.string(), restored: z.number(), ...restoredDependants.shape });

/** Restores many deleted records as one undoable step. `with_references` also restores the deleted records that they refer to. */
export const restoreMany = operation
  .input(
    z.object({
      type: entityType,
      ids: z.array(id).min(1).max(10_000),
      with_references: z.boolean().default(false),
    }),
  )
  .output(streamOf(restoreResult));

const summary = z.object({ field: fieldKey, of: z.enum(['sum', 'mean', 'min', 'max']) });
export type Summary = z.infer<typeof summary>;

/** Groups the records of a list by the value of one field, with counts and summaries; sorted by group name, the empty group last. */
export const groups = readOperation
  .input(
    z.object({
      type: entityType,
      filters: z.array(filter).max(20).default([]),
      search: z.string().max(200).default(''),
      /** A filter field; null for one group of all records: the summaries of the list. */
      by: fieldKey.nullable(),
      summaries: z.array(summary).max(10).default([]),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
  )
  .output(
    z.object({
      groups: z.array(
        z.object({
          value: jsonValue,
          title: z.string().nullable(),
          count: z.number(),
          /** In the order of the request; null if no record of the group has a number. */
          summaries: z.array(z.number().nullable()),
        }),
      ),
      total: z.number(),
    }),
  );
