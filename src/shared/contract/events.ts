import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { auditedType } from './record.ts';

/** Changes of one commit; `ids` is null beyond 200 records. Without types: the sandbox's name or the actor changed. */
export const changeEvent = z.object({
  /** Id of the newest audit transaction included; pass it to continue from there. */
  cursor: z.number(),
  op_id: z.string(),
  label: z.string(),
  actor: z.string(),
  types: z.array(auditedType),
  ids: z.array(z.string()).nullable(),
});
export type ChangeEvent = z.infer<typeof changeEvent>;

/** Every change after `cursor` (default: now), from any window or process. */
export const watch = operation
  .input(z.object({ cursor: z.number().int().min(0).optional() }))
  .output(eventIterator(changeEvent));
