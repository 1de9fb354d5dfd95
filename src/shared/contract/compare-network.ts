import { z } from 'zod';
import { operation } from './base.ts';
import { differenceFilters } from './comparison.ts';
import { network } from './network.ts';
import { streamOf } from './progress.ts';

/** How a record, link or reference differs: by a change in the sandbox, a conflict, or a change in live only. */
export const changeKind = z.enum(['added', 'changed', 'removed', 'conflict', 'live']);
export type ChangeKind = z.infer<typeof changeKind>;

const comparedNetwork = z.object({
  /** The part that differs. A moved link is drawn as in the sandbox if moved there, else as live. References: `<id>.<field>.<target>`. */
  network,
  /** Differences that match the filters, by id; all other nodes are context. */
  changes: z.record(z.string(), changeKind),
  /** Number of matching differences not shown: beyond `limit`, or not part of a network (a view, a link with a missing end). */
  left: z.object({ limit: z.number(), other: z.number() }),
});
export type ComparedNetwork = z.infer<typeof comparedNetwork>;

/** The differences between live and a sandbox as a network with context. Records that differ come first when `limit` is applied. */
export const compareNetwork = operation
  .input(
    z.object({
      id: z.string().min(1).max(200),
      ...differenceFilters,
      limit: z.number().int().min(1).max(2000).default(300),
    }),
  )
  .output(streamOf(comparedNetwork));
