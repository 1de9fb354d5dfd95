import { z } from 'zod';
import { eventCursor, eventPage, eventType } from '../../events/events.ts';
import { operation } from './base.ts';

/** Events that the caller may see, in commit order. Throws OTHER_HISTORY for a cursor of another history. */
export const read = operation
  .route({
    method: 'GET',
    path: '/events',
    tags: ['Events'],
    summary: 'Read changes as CloudEvents, oldest first',
  })
  .input(
    z.object({
      after: eventCursor.default(''),
      /** Separated by commas; all by default. */
      types: z
        .string()
        .transform((types) => types.split(','))
        .pipe(z.array(eventType))
        .optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  )
  .output(eventPage);
