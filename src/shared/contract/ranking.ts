import { z } from 'zod';
import { operation } from './base.ts';

export const rankingPolicy = z.object({ people: z.boolean() });

/** Whether people are ranked. Stored with the records, so sandboxes and points in time have their own value. Off unless an admin set it. */
export const ranking = operation.input(z.object({})).output(rankingPolicy);

/** Sets whether people are ranked, for all users of the workspace. For admins, in live. */
export const setRanking = operation
  .input(rankingPolicy)
  .output(z.object({ policy: rankingPolicy, op_id: z.string().nullable() }));
