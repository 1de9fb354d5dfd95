import { z } from 'zod';
import { recordId } from '../../domain/field.ts';
import { tableOf } from '../../domain/types.ts';
import { operation } from './base.ts';

/** Maximum number of records to read or replace at once. Larger amounts need sync. */
export const maxStateRecords = 50_000;

const recordList = z.array(z.looseObject({ id: recordId }));

const state = z.object({
  [tableOf.university]: recordList,
  [tableOf.project]: recordList,
  [tableOf.organisation]: recordList,
  [tableOf.team]: recordList,
  [tableOf.faculty]: recordList,
  [tableOf.student]: recordList,
  [tableOf.repository]: recordList,
  [tableOf.interface]: recordList,
  [tableOf.outcome]: recordList,
  [tableOf['risk-factor']]: recordList,
  [tableOf['factor-model']]: recordList,
  [tableOf.contact]: recordList,
  [tableOf.repair]: recordList,
  [tableOf.task]: recordList,
  [tableOf.document]: recordList,
  [tableOf.comment]: recordList,
});
export type WireState = z.infer<typeof state>;

const seq = z.number().int().min(0);

export const get = operation
  .route({ method: 'GET', path: '/state', tags: ['State'], summary: 'Read the whole state' })
  .output(z.object({ seq, state }));

/** Replaces all records as one undoable change. All types must be given. Rejected if anything changed after `seq`. */
export const replace = operation
  .route({ method: 'PUT', path: '/state', tags: ['State'], summary: 'Replace the whole state' })
  .input(z.object({ seq, state }))
  .output(z.object({ seq, created: z.number(), updated: z.number(), deleted: z.number() }));
