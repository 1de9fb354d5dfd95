import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { cameBack, fieldKey, filter } from './entities.ts';
import { progress } from './progress.ts';
import { entityType, fields, jsonValue } from './record.ts';

const id = z.string().min(1).max(200);

/** Most records that one `change` may name: what a person pastes or a wizard makes. Beyond it stands `edit`. */
export const mostChanges = 5000;

const wanted = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), type: entityType, id: id.optional(), data: fields }),
  z.object({
    kind: z.literal('update'),
    type: entityType,
    id,
    data: fields.default({}),
    unset: z.array(z.string().min(1)).default([]),
  }),
]);
export type FieldChange = z.input<typeof wanted>;

/**
 * Several records made or changed as one undoable step, in the order given, all or nothing: a paste from a spreadsheet, a record
 * with those that belong to it. A later change may refer to a record that an earlier one makes when the caller chose its id. An
 * issue of INVALID names the change by its place: `changes.3.size`.
 */
export const change = operation
  .route({ method: 'POST', path: '/entities/changes', summary: 'Make several changes at once' })
  .input(z.object({ changes: z.array(wanted).min(1).max(mostChanges) }))
  .output(
    z.object({
      op_id: z.string().nullable(),
      /** Ids in the order of the changes, those of new records too. */
      ids: z.array(z.string()),
      /** How many records are not as they were. */
      changed: z.number(),
    }),
  );

/** Which records are meant: those named, or all live ones of the type that match, save those excepted. */
export const which = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(id).min(1).max(10_000) }),
  z.object({
    kind: z.literal('matching'),
    filters: z.array(filter).max(20).default([]),
    search: z.string().max(200).default(''),
    except: z.array(id).max(10_000).default([]),
  }),
]);
export type BulkScope = z.input<typeof which>;

/** `changed` counts records that are not as they were, `unchanged` those that already were as asked. */
const edited = z.object({ op_id: z.string().nullable(), changed: z.number(), unchanged: z.number() });

/** The same fields set or removed in many records, as one undoable step, all or nothing. */
export const edit = operation
  .input(
    z.object({
      type: entityType,
      which,
      data: fields.default({}),
      unset: z.array(z.string().min(1)).default([]),
    }),
  )
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result: edited })]),
    ),
  );

const removed = z.object({
  /** Null when nothing was there to delete. */
  op_id: z.string().nullable(),
  removed: z.number(),
  /** Students who became inactive instead. */
  retired: z.number(),
  /** Interfaces that went with them, beyond those that were meant. */
  links: z.number(),
  /** Students and projects that lost a reference. */
  references: z.number(),
  /** What universities took along beyond what was meant, by table. */
  contents: z.record(z.string(), z.number()),
});

/**
 * Many records deleted with their interfaces, as one undoable step, all or nothing; `also` names records of other types that go with
 * them. Universities that still have records are refused, unless told to take those along. With `retire`, students among the records
 * become inactive and stay on record.
 */
export const removeMany = operation
  .input(
    z.object({
      type: entityType,
      which,
      also: z
        .array(z.object({ type: entityType, ids: z.array(id).min(1).max(10_000) }))
        .max(10)
        .default([]),
      with_contents: z.boolean().default(false),
      retire: z.boolean().default(false),
    }),
  )
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result: removed })]),
    ),
  );

const restored = z.object({ op_id: z.string(), restored: z.number(), ...cameBack.shape });

/**
 * Many deleted records brought back with what went with them, as one undoable step, all or nothing; `with_references` brings back too
 * what they refer to and is deleted.
 */
export const restoreMany = operation
  .input(
    z.object({
      type: entityType,
      ids: z.array(id).min(1).max(10_000),
      with_references: z.boolean().default(false),
    }),
  )
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result: restored })]),
    ),
  );

const summary = z.object({ field: fieldKey, of: z.enum(['sum', 'mean', 'min', 'max']) });
export type Summary = z.infer<typeof summary>;

/** The records of a list by the value of one field, each group with its count and summaries; the most come first. */
export const groups = operation
  .input(
    z.object({
      type: entityType,
      filters: z.array(filter).max(20).default([]),
      search: z.string().max(200).default(''),
      /** A field as filters know it; null for one group of all: the summaries of the list. */
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
          /** The title of what the value refers to, for a reference. */
          title: z.string().nullable(),
          count: z.number(),
          /** In the order of the request; null where no record of the group has a number. */
          summaries: z.array(z.number().nullable()),
        }),
      ),
      /** How many groups there are, shown or not. */
      total: z.number(),
    }),
  );
