import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';
import { entityType, fields } from './record.ts';

const id = z.string().min(1).max(200);

/** Most records that are merged into one at once. */
export const mostMerged = 20;

const merged = z.object({
  ...planShape,
  /** Links that end at the one that stays now; that went because they are there already, or would end at one record twice; and that join the same two records as another and differ from it. */
  links: z.object({ moved: z.number(), dropped: z.number(), parallel: z.number() }),
  /** Other references that name the one that stays now. */
  references: z.number(),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type MergedRecords = z.infer<typeof merged>;

/**
 * Makes one record of several that mean the same: one stays, what refers to the others refers to it, and the others are deleted. A field holds what `values`
 * says, else what the one that stays holds, else what the first of the others does that holds anything. One audited change.
 * Throws NOT_FOUND, MOVED_ON, FORBIDDEN, INVALID, CANCELLED.
 */
export const mergeRecords = operation
  .input(
    z.object({
      type: entityType,
      keep: id,
      others: z.array(id).min(1).max(mostMerged),
      values: fields.default({}),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(merged));

const named = z.object({
  id: z.string(),
  title: z.string(),
  university: z.string().nullable(),
  /** How many live links join it, and how many other records refer to it. */
  dependants: z.object({ links: z.number(), records: z.number() }),
});

const pairs = z.object({
  /** The likest first. */
  pairs: z.array(z.object({ type: entityType, one: named, other: named, likeness: z.number() })),
  /** How many there are, more than are listed at times. */
  count: z.number(),
});
export type DuplicatePairs = z.infer<typeof pairs>;

/** Pairs of records of one type and university whose names are alike. */
export const duplicates = operation
  .input(z.object({ type: entityType.optional(), limit: z.number().int().min(1).max(1000).default(200) }))
  .output(pairs);
