import { z } from 'zod';
import { operation, readOperation } from './base.ts';
import { undoConflict } from './fault-data.ts';
import { auditedType, entityType, moment, payload } from './record.ts';

export const auditAction = z.enum(['create', 'update', 'delete', 'restore']);
export type AuditAction = z.infer<typeof auditAction>;

/** The profile that made a change, and the agent that acted for the profile, if any. */
const auditActor = z.object({ id: z.string(), name: z.string(), agent: z.string().optional() });
export type AuditActor = z.infer<typeof auditActor>;

export const transaction = z.object({
  id: z.number(),
  op_id: z.string(),
  /** A code of the text catalogue, with its parameters. */
  label: z.string(),
  params: payload,
  actor: auditActor,
  created_at: moment,
  changes: z.number(),
  undoes: z.string().nullable(),
  redoes: z.string().nullable(),
  /** True while the transaction's effect is undone. */
  undone: z.boolean(),
  hash: z.string(),
});
export type AuditTransaction = z.infer<typeof transaction>;

/** One change of one record. A field on neither side did not change; a field on one side only was absent on the other. */
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

const pageInput = {
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(50),
};

export const list = readOperation
  .route({ method: 'GET', path: '/audit', summary: 'What was done' })
  .input(
    z.object({
      op_id: z.string().optional(),
      actor: z.string().optional(),
      type: auditedType.optional(),
      entity_id: z.string().optional(),
      /** With `entity_id`: also changes of the record's links. */
      with_links: z.boolean().default(false),
      university_id: z.string().optional(),
      action: auditAction.optional(),
      from: moment.optional(),
      until: moment.optional(),
      ...pageInput,
    }),
  )
  .output(z.object({ rows: z.array(transaction), total: z.number() }));

export const changes = readOperation
  .route({ method: 'GET', path: '/audit/{id}', summary: 'The changes of one transaction' })
  .input(z.object({ id: z.coerce.number().int(), ...pageInput }))
  .output(z.object({ transaction, rows: z.array(change), total: z.number() }));

const linkedRecord = z.object({
  /** The record at the other end, with its type and name if known. */
  id: z.string(),
  type: entityType.nullable(),
  title: z.string(),
  /** Set if the link's end was moved to this record or away from it. */
  moved: z.enum(['here', 'away']).nullable(),
});
export type LinkedRecord = z.infer<typeof linkedRecord>;

/** The history of one record, newest first. `with_links` adds changes of interfaces that ended at it at the time, with their other ends. */
export const ofRecord = readOperation
  .input(z.object({ id: z.string(), with_links: z.boolean().default(false), ...pageInput }))
  .output(
    z.object({
      rows: z.array(z.object({ transaction, change, link: linkedRecord.nullable() })),
      total: z.number(),
    }),
  );

const step = z
  .object({ op_id: z.string(), label: z.string(), params: payload, created_at: moment })
  .nullable();

/** Own changes to skip, by op_id: those that cannot be undone, so that earlier changes can be. */
const skip = z.array(z.string().max(100)).max(100).default([]);

/** The next undo and redo steps of the caller. Skips changes without a remaining effect. */
export const nextSteps = readOperation
  .input(z.object({ skip: skip.optional() }))
  .output(z.object({ undo: step, redo: step }));

const listedStep = z.object({
  id: z.number(),
  op_id: z.string(),
  label: z.string(),
  params: payload,
  actor: auditActor,
  created_at: moment,
});

/**
 * The caller's latest changes in undo and redo order, with changes of others in between. `redo`: undone changes, next first. `undo`:
 * effective changes, newest first, with the reason why undo would skip one. Reasons are `others` (by another user), `gone` (no effect
 * left) and `passed` (skipped). Both lists are snapshots: a step can change them.
 */
export const steps = readOperation
  .input(z.object({ limit: z.number().int().min(1).max(200).default(30), skip }))
  .output(
    z.object({
      redo: z.array(listedStep),
      undo: z.array(listedStep.extend({ blocked: z.enum(['others', 'gone', 'passed']).nullable() })),
      more: z.boolean(),
    }),
  );
export type HistoryStep = z.infer<typeof listedStep>;
export type CurrentStep = HistoryStep & { blocked: 'others' | 'gone' | 'passed' | null };

const undoInput = z.object({
  /** For fields that others changed since: `ask` throws UNDO_CONFLICT, `leave` undoes the rest, `overwrite` undoes these fields too. */
  on_conflict: z.enum(['ask', 'leave', 'overwrite']).default('leave'),
  /** op_id of the expected change, from `nextSteps`. Throws UNDO_CHANGED and does nothing if another change is next. */
  expect: z.string().max(100).optional(),
  skip,
});
const undoResult = z.object({
  op_id: z.string(),
  label: z.string(),
  params: payload,
  changes: z.number(),
  left: z.array(undoConflict),
});

export const undo = operation
  .route({ method: 'POST', path: '/undo', summary: 'Undo your latest change' })
  .input(undoInput)
  .output(undoResult);

/** Reverts one change of any author, all or nothing. Throws UNDO_CONFLICT and NOTHING_TO_UNDO. */
export const undoChange = operation
  .route({ method: 'POST', path: '/audit/{op_id}/undo', summary: 'Undo one change by itself' })
  .input(z.object({ op_id: z.string().max(100) }))
  .output(undoResult);

export const redo = operation
  .route({ method: 'POST', path: '/redo', summary: 'Redo what you undid last' })
  .input(undoInput)
  .output(undoResult);
