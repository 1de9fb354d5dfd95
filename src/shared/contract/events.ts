import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { auditedType } from './record.ts';

/** What one commit changed, read from the log. Beyond 200 records only the types are named. Without any types, something changed that stands in no log: the open sandbox was renamed, or somebody else acts because a server was joined or left. */
export const changed = z.object({
  /** Id of the newest audit transaction told of; pass it to go on from there. */
  cursor: z.number(),
  op_id: z.string(),
  label: z.string(),
  actor: z.string(),
  types: z.array(auditedType),
  ids: z.array(z.string()).nullable(),
});
export type Changed = z.infer<typeof changed>;

/** Every change after `cursor` (by default after now), whoever made it: this window, another, or a command. */
export const watch = operation
  .input(z.object({ cursor: z.number().int().min(0).optional() }))
  .output(eventIterator(changed));
