import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { eventCursor, eventPage, eventType, workspaceEvent } from '../events/events.ts';
import { readOperation } from './base.ts';
import { withDisplay } from './display-rules.ts';
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
export const watch = readOperation
  .input(z.object({ cursor: z.number().int().min(0).optional() }))
  .output(eventIterator(changeEvent));

const shownEvent = withDisplay(workspaceEvent, {
  columns: ['time', 'type', 'subject', 'data.title', 'data.label', 'data.fields'],
});

/** The events of the log after `after`, in order. Throws NOT_FOUND for a cursor of another log. */
export const read = readOperation
  .input(
    z.object({
      after: eventCursor.nullable().default(null),
      types: z.array(eventType).min(1).nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
  )
  .output(eventPage.extend({ events: z.array(shownEvent) }));
