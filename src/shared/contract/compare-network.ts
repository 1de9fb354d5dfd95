import { z } from 'zod';
import { operation } from './base.ts';
import { column, isAny, isNumber, isOrNull, isText } from './column.ts';
import { differenceClass, narrowed, sideAction } from './compare.ts';
import { nodeType } from './network.ts';
import { streamOf } from './progress.ts';

/** How records, or links, differ: by place, as the columns beside them. */
const differing = {
  /** Null of what is the same on all sides: it is there because something that differs is beside it. */
  class: column(isOrNull(isAny(differenceClass.options))),
  /** What each side did since the base; null where it did nothing. */
  play: column(isOrNull(isAny(sideAction.options))),
  live: column(isOrNull(isAny(sideAction.options))),
  /** Whether it differs and matches the filters; what differs and does not is here beside something else. */
  found: column((value): value is boolean => typeof value === 'boolean'),
};

const network = z.object({
  nodes: z.object({
    id: column(isText),
    type: column(isAny(nodeType.options)),
    title: column(isText),
    university: column(isOrNull(isText)),
    ...differing,
  }),
  /**
   * Links, and what records belong to; `from` and `to` are places among the nodes. A link whose ends were changed is drawn as the side has it that
   * changed it, Play before live.
   */
  edges: z.object({
    /** The link's id; for a reference `<id>.<field>.<to>` of the record that refers. */
    id: column(isText),
    from: column(isNumber),
    to: column(isNumber),
    /**
     * interface: a link. reference: `from` names `to` in a field, as a student its team, on one side at least; of two where that was changed from
     * one to another one is `deleted` and one `created`. It is part of what differs about `from`, and no difference by itself.
     */
    kind: column(isAny(['interface', 'reference'])),
    /** What the link is called; nothing of a reference. */
    title: column(isText),
    ...differing,
  }),
  /** What the universities are called that nodes name. */
  titles: z.record(z.string(), z.string()),
  /** Records that would stand in it without the limit. */
  matched: z.number(),
  /** Differences that match and are not in it: `limit` is beyond it; `other` has no place in a network, as a view, or a link whose end is nowhere. */
  left: z.object({ limit: z.number(), other: z.number() }),
});
export type ComparedNetwork = z.infer<typeof network>;

/**
 * What is different between live and a sandbox as a network: the records and links that differ, also those that only one side has, with
 * what these belong to, and the records beside them. Where there are more than `limit` records, those that differ come first.
 */
export const compareNetwork = operation
  .input(z.object({ ...narrowed, limit: z.number().int().min(1).max(2000).default(300) }))
  .output(streamOf(network));
