import { z } from 'zod';
import { sideKinds } from '../domain/points-in-time.ts';
import { readOperation } from './base.ts';
import { difference, differenceClass, head, sideAction } from './compare.ts';
import { at, moment } from './moments.ts';
import { streamOf } from './progress.ts';
import { auditedType } from './record.ts';

const side = z.object({
  kind: z.enum(sideKinds),
  /** Id of the version or sandbox, or of the transaction of a point in time; empty for live. */
  id: z.string(),
  /** The sandbox's name, the golden version's note, or the backup's trigger; else empty. */
  name: z.string(),
  /** Creation time, or the time of the transaction (ISO 8601). */
  created_at: z.string(),
  head,
  /** Whether the side belongs to another workspace. */
  another: z.boolean(),
  /** Null unless the side is a point in time. */
  point: moment.nullable(),
});
export type ComparedSide = z.infer<typeof side>;

const comparison = z.object({
  from: side,
  to: side,
  /** The merge base: a transaction of live's log. Null without `since_base`, and if the logs have none in common. */
  base: head.nullable(),
  /**
   * `base`: the sandbox's creation or last refresh. `common`: the last common transaction, if live was restored. `none`: no merge base, so
   * that every record counts as created on both sides. Null without `since_base`.
   */
  based: z.enum(['base', 'common', 'none']).nullable(),
  /** Differing records, before filters: by class, and by the change at `to`. */
  counts: z.record(differenceClass, z.number()),
  actions: z.record(sideAction, z.number()),
  /** Number of differences that match the filters. */
  matched: z.number(),
  rows: z.array(difference),
});
export type Comparison = z.infer<typeof comparison>;

export const differenceFilters = {
  types: z.array(auditedType).max(20).default([]),
  classes: z.array(differenceClass).max(5).default([]),
  /** Part of a title or an id; ignores case. */
  text: z.string().max(200).default(''),
};

/**
 * The differences between two sides, by record and field, without `updated_at`; ordered by type and id. A side is a point in time, `live`,
 * `sandbox:ID`, `golden:3` or `backup:ID`.
 *
 * With `since_base`, for `live` and a sandbox: what each changed since their merge base. Otherwise `base` and `live` of a row are the state
 * at `from`, `play` is the state at `to`, and `class` is `play`; excludes maintenance settings, and profiles and the workspace name unless
 * both sides are points in time.
 */
export const between = readOperation
  .input(
    z.object({
      from: at,
      to: at.default('now'),
      since_base: z.boolean().default(false),
      ...differenceFilters,
      actions: z.array(sideAction).max(4).default([]),
      /** Only records and saved views that can be restored from `to`: visible there, and missing or different at `from`. */
      restorable: z.boolean().default(false),
      /** Only records with these ids; empty for all. */
      ids: z.array(z.string().min(1).max(200)).max(1000).default([]),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(0).max(1000).default(100),
    }),
  )
  .output(streamOf(comparison));
