import { z } from 'zod';
import { operation } from './base.ts';
import { undoConflict } from './faults.ts';
import { auditedType, moment, payload } from './record.ts';

export const auditAction = z.enum(['create', 'update', 'delete', 'restore']);
export type AuditAction = z.infer<typeof auditAction>;

/** One transaction of the audit: what somebody did, as one undoable step. */
export const transaction = z.object({
  id: z.number(),
  op_id: z.string(),
  /** A code of the text catalogue, with its parameters. */
  label: z.string(),
  params: payload,
  actor: z.object({ id: z.string(), name: z.string() }),
  created_at: moment,
  /** How many records it changed. */
  changes: z.number(),
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
  /** True while its effect has been undone. */
  undone: z.boolean(),
  hash: z.string(),
});
export type AuditTransaction = z.infer<typeof transaction>;

/** One change of one record. A field that is in neither side did not change; one that is in one side only was absent. */
export const change = z.object({
  id: z.number(),
  action: auditAction,
  type: auditedType,
  entity_id: z.string(),
  title: z.string(),
  university_id: z.string().nullable(),
  before: payload.nullable(),
  after: payload.nullable(),
  meta: payload,
  created_at: moment,
});
export type AuditChange = z.infer<typeof change>;

const page = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(50),
};

/** Transactions, newest first. */
export const list = operation
  .route({ method: 'GET', path: '/audit', summary: 'What was done' })
  .input(
    z.object({
      op_id: z.string().optional(),
      actor: z.string().optional(),
      type: auditedType.optional(),
      entity_id: z.string().optional(),
      university_id: z.string().optional(),
      action: auditAction.optional(),
      from: moment.optional(),
      until: moment.optional(),
      ...page,
    }),
  )
  .output(z.object({ rows: z.array(transaction), total: z.number() }));

/** The changes of one transaction, as they were written; with `own_first` what only followed from others comes last. */
export const changes = operation
  .route({ method: 'GET', path: '/audit/{id}', summary: 'The changes of one transaction' })
  .input(z.object({ id: z.coerce.number().int(), own_first: z.boolean().default(false), ...page }))
  .output(z.object({ transaction, rows: z.array(change), total: z.number() }));

/** Everything that happened to one record, newest first. */
export const ofRecord = operation
  .input(z.object({ id: z.string(), ...page }))
  .output(z.object({ rows: z.array(z.object({ transaction, change })), total: z.number() }));

const step = z
  .object({ op_id: z.string(), label: z.string(), params: payload, created_at: moment })
  .nullable();

/** Changes of one's own to pass over, by op_id: those that cannot be taken back, so that what lies before them can be. */
const skip = z.array(z.string().max(100)).max(100).default([]);

/** What undo and redo would do next for the one who asks. A change whose effect is gone already is passed over. */
export const state = operation
  .input(z.object({ skip: skip.optional() }))
  .output(z.object({ undo: step, redo: step }));

const onConflict = z.object({
  /**
   * What to do with fields that somebody else has changed since: `ask` fails with UNDO_CONFLICT and changes nothing, `leave`
   * undoes the rest and says which were left, `overwrite` undoes them too.
   */
  on_conflict: z.enum(['ask', 'leave', 'overwrite']).default('leave'),
  /** op_id of the change that the caller means, as `state` named it: with another one next, UNDO_CHANGED and nothing happens. */
  expect: z.string().max(100).optional(),
  skip,
});
const undone = z.object({
  op_id: z.string(),
  label: z.string(),
  params: payload,
  changes: z.number(),
  left: z.array(undoConflict),
});

export const undo = operation
  .route({ method: 'POST', path: '/undo', summary: 'Undo your latest change' })
  .input(onConflict)
  .output(undone);

export const redo = operation
  .route({ method: 'POST', path: '/redo', summary: 'Redo what you undid last' })
  .input(onConflict)
  .output(undone);
