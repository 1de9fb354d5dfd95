import { z } from 'zod';
import { operation } from './base.ts';
import { undoConflict } from './faults.ts';
import { auditedType, entityType, moment, payload } from './record.ts';

export const auditAction = z.enum(['create', 'update', 'delete', 'restore']);
export type AuditAction = z.infer<typeof auditAction>;

/** The profile that made a change, and the agent that made it for its person, if one did. */
const auditActor = z.object({ id: z.string(), name: z.string(), agent: z.string().optional() });
export type AuditActor = z.infer<typeof auditActor>;

/** One transaction of the audit: what somebody did, as one undoable step. */
export const transaction = z.object({
  id: z.number(),
  op_id: z.string(),
  /** A code of the text catalogue, with its parameters. */
  label: z.string(),
  params: payload,
  actor: auditActor,
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
      /** With `entity_id`: what was done to the record's links too. */
      with_links: z.boolean().default(false),
      university_id: z.string().optional(),
      action: auditAction.optional(),
      from: moment.optional(),
      until: moment.optional(),
      ...page,
    }),
  )
  .output(z.object({ rows: z.array(transaction), total: z.number() }));

/** The changes of one transaction, as they were written. */
export const changes = operation
  .route({ method: 'GET', path: '/audit/{id}', summary: 'The changes of one transaction' })
  .input(z.object({ id: z.coerce.number().int(), ...page }))
  .output(z.object({ transaction, rows: z.array(change), total: z.number() }));

const linkedWith = z.object({
  /** The record at the other end, and its type and name where it is known. */
  id: z.string(),
  type: entityType.nullable(),
  title: z.string(),
  /** The link's end was moved: from another record to this one, or from this one away. */
  moved: z.enum(['here', 'away']).nullable(),
});
export type LinkedWith = z.infer<typeof linkedWith>;

/**
 * Everything that happened to one record, newest first; with `with_links` also to the interfaces that it was an end of then, each with
 * what it was linked with.
 */
export const ofRecord = operation
  .input(z.object({ id: z.string(), with_links: z.boolean().default(false), ...page }))
  .output(
    z.object({
      rows: z.array(z.object({ transaction, change, link: linkedWith.nullable() })),
      total: z.number(),
    }),
  );

const step = z
  .object({ op_id: z.string(), label: z.string(), params: payload, created_at: moment })
  .nullable();

/** Changes of one's own to pass over, by op_id: those that cannot be taken back, so that what lies before them can be. */
const skip = z.array(z.string().max(100)).max(100).default([]);

/** What undo and redo would do next for the one who asks. A change whose effect is gone already is passed over. */
export const state = operation
  .input(z.object({ skip: skip.optional() }))
  .output(z.object({ undo: step, redo: step }));

/** A change of the history panel, by its place in the log. */
const listedStep = z.object({
  id: z.number(),
  op_id: z.string(),
  label: z.string(),
  params: payload,
  actor: auditActor,
  created_at: moment,
});

/**
 * One's own latest changes as undo and redo would take them, one after the other, with what others did in between. `redo`: what was
 * undone and can be redone, next first. `undo`: what stands, newest first, each with why undo would not take it: `others` made it,
 * nothing is left of it (`gone`), or it was `passed` over. Both are of this moment: a step that is taken may bring back another.
 */
export const steps = operation
  .input(z.object({ limit: z.number().int().min(1).max(200).default(30), skip }))
  .output(
    z.object({
      redo: z.array(listedStep),
      undo: z.array(listedStep.extend({ blocked: z.enum(['others', 'gone', 'passed']).nullable() })),
      /** There are older ones. */
      more: z.boolean(),
    }),
  );
export type HistoryStep = z.infer<typeof listedStep>;
export type CurrentStep = HistoryStep & { blocked: 'others' | 'gone' | 'passed' | null };

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

/**
 * Takes back one change by itself, whoever made it, by a new change: all of it or, where something of it was changed since,
 * nothing (UNDO_CONFLICT). NOTHING_TO_UNDO: it is undone, or nothing of it is left.
 */
export const undoChange = operation
  .route({ method: 'POST', path: '/audit/{op_id}/undo', summary: 'Undo one change by itself' })
  .input(z.object({ op_id: z.string().max(100) }))
  .output(undone);

export const redo = operation
  .route({ method: 'POST', path: '/redo', summary: 'Redo what you undid last' })
  .input(onConflict)
  .output(undone);
