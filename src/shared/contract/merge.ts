import { z } from 'zod';
import { id, operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { entityType, fields } from './record.ts';
import { withDisplay } from './display-rules.ts';

export const maxMergedRecords = 20;

const mergedRecords = z.object({
  ...planShape,
  /** `moved`: redirected links. `dropped`: duplicates and loops. `parallel`: links of the same two records that differ. */
  links: z.object({ moved: z.number(), dropped: z.number(), parallel: z.number() }),
  references: z.number(),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type MergedRecords = z.infer<typeof mergedRecords>;

/**
 * Merges duplicates: one record stays, references to the others are redirected to it, and the others are deleted. A field's value comes
 * from `values`, else from the record that stays, else from the first other record with a value. One audited change. Throws NOT_FOUND,
 * MOVED_ON, FORBIDDEN, INVALID, CANCELLED.
 */
export const mergeRecords = operation
  .input(
    z.object({
      type: entityType,
      keep: id,
      others: z.array(id).min(1).max(maxMergedRecords),
      values: fields.default({}),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(mergedRecords));

const duplicateRecord = z.object({
  id: z.string(),
  title: z.string(),
  university: z.string().nullable(),
  dependants: z.object({ links: z.number(), records: z.number() }),
});

const duplicatePair = withDisplay(
  z.object({ type: entityType, one: duplicateRecord, other: duplicateRecord, likeness: z.number() }),
  {
    columns: [
      'type',
      'one',
      ['one.dependants.links', 'Links'],
      ['other', 'Similar to'],
      ['other.dependants.links', 'Links'],
    ],
  },
);

const pairs = z.object({
  pairs: z.array(duplicatePair),
  count: z.number(),
});
export type DuplicatePairs = z.infer<typeof pairs>;

/** Pairs of records of one type and university with similar names. */
export const duplicates = operation
  .input(z.object({ type: entityType.optional(), limit: z.number().int().min(1).max(1000).default(200) }))
  .output(pairs);
