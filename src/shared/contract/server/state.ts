import { z } from 'zod';
import { recordId } from '../../domain/field.ts';
import { tableOf } from '../../domain/types.ts';
import { operation } from './base.ts';

/** At most this many records are read or replaced at once: more are for sync. */
export const mostStateRecords = 50_000;

const list = z.array(z.looseObject({ id: recordId }));

const state = z.object({
  [tableOf.university]: list,
  [tableOf.project]: list,
  [tableOf.team]: list,
  [tableOf.faculty]: list,
  [tableOf.student]: list,
  [tableOf.interface]: list,
  [tableOf.outcome]: list,
  [tableOf['risk-factor']]: list,
  [tableOf['factor-model']]: list,
  [tableOf.contact]: list,
  [tableOf.repair]: list,
  [tableOf.document]: list,
  [tableOf.comment]: list,
});
export type WireState = z.infer<typeof state>;

const seq = z.number().int().min(0);

/** Every record that the caller sees, and the number of the history that it is the state of. */
export const get = operation
  .route({ method: 'GET', path: '/state', tags: ['State'], summary: 'Read the whole state' })
  .output(z.object({ seq, state }));

/**
 * Makes the records what is given, as one change that undo knows: what is not given is deleted. All types must be named, so that nobody empties
 * one that they have forgotten. Refused where anything was changed after `seq`, which the caller has read. For admins and researchers.
 */
export const replace = operation
  .route({ method: 'PUT', path: '/state', tags: ['State'], summary: 'Replace the whole state' })
  .input(z.object({ seq, state }))
  .output(z.object({ seq, created: z.number(), updated: z.number(), deleted: z.number() }));
