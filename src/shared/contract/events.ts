import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { auditedType } from './record.ts';

/**
 * Changes of one commit, from the log. Beyond 200 records only the types are listed. Without types, a change outside the logs: the sandbox
 * was renamed, or joining or leaving a server changed the actor.
 */
export const changed = z.object({
  /** Id of the newest audit transaction included; pass it to continue from there. */
  cursor: z.number(),
  op_id: z.string(),
  label: z.string(),
  actor: z.string(),
  types: z.array(auditedType),
  ids: z.array(z.string()).nullable(),
});
export type Changed = z.infer<typeof changed>;

/** Every change after `cursor` (default: now), from any window or process. */
export const watch = operation
  .input(z.object({ cursor: z.number().int().min(0).optional() }))
  .output(eventIterator(changed));
