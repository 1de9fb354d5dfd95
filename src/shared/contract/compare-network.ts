import { z } from 'zod';
import { operation } from './base.ts';
import { narrowed } from './compare.ts';
import { network } from './network.ts';
import { streamOf } from './progress.ts';

/** What became of a record, link or reference: what Play did to it, that both sides changed it differently, or that only live changed it. */
export const changeKind = z.enum(['added', 'changed', 'removed', 'conflict', 'live']);
export type ChangeKind = z.infer<typeof changeKind>;

const comparedNetwork = z.object({
  /**
   * The part of the network in which something differs. A link whose source or target was changed is drawn as the side has it that changed
   * it, Play before live. A reference has the id `<id>.<field>.<target>`.
   */
  network,
  /** What differs and matches the filters, by id; everything else is context. */
  changes: z.record(z.string(), changeKind),
  /** Differences that match and are not shown: beyond `limit`, or without a place in a network (a view, a link with a missing end). */
  left: z.object({ limit: z.number(), other: z.number() }),
});
export type ComparedNetwork = z.infer<typeof comparedNetwork>;

/**
 * What is different between live and a sandbox as a network: the records and links that differ, what they belong to, and the records they
 * are linked with. Where there are more than `limit` records, those that differ come first.
 */
export const compareNetwork = operation
  .input(z.object({ ...narrowed, limit: z.number().int().min(1).max(2000).default(300) }))
  .output(streamOf(comparedNetwork));
