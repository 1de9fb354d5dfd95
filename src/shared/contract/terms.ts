import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';

const advanceResult = z.object({
  ...planShape,
  /** Students without terms left, who become inactive. */
  graduates: z.number(),
  /** Active students with unknown terms, who are unchanged. */
  unknown: z.number(),
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type AdvanceResult = z.infer<typeof advanceResult>;

/** Advances terms: active students get fewer, and become inactive with none left. Throws MOVED_ON, NOT_FOUND, FORBIDDEN, CANCELLED. */
export const advanceTerms = operation
  .input(
    z.object({
      terms: z.number().int().min(1).max(12).default(1),
      university: z.string().min(1).max(200).nullable().default(null),
      /** The head that the user saw. Throws MOVED_ON if a student has changed since. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(advanceResult));
