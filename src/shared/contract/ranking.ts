import { z } from 'zod';
import { operation } from './base.ts';

export const rankingPolicy = z.object({ people: z.boolean() });

/** Stored with the records, so sandboxes and points in time have their own value. Off unless an admin turned it on. */
export const ranking = operation.input(z.object({})).output(rankingPolicy);

/** Sets it for all users of the workspace. For admins, in live. */
export const setRanking = operation
  .input(rankingPolicy)
  .output(z.object({ policy: rankingPolicy, op_id: z.string().nullable() }));
