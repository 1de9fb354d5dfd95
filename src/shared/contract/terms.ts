import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';

const advanced = z.object({
  ...planShape,
  /** Students who have no term left by it: they are not active any more. */
  graduates: z.number(),
  /** Active students whose terms are not known stay as they are. */
  unknown: z.number(),
  /** The first of the students, in the order in which they are written. */
  records: z.array(plannedRecord),
  problems: z.array(issue),
  /** The newest transaction that it was made from. */
  head,
});
export type TermsAdvanced = z.infer<typeof advanced>;

/**
 * Some terms pass: every active student has so many fewer, and who has none left graduates (is not active any more, with the day). One audited change,
 * all or nothing. Throws MOVED_ON, FORBIDDEN, CANCELLED.
 */
export const advanceTerms = operation
  .input(
    z.object({
      terms: z.number().int().min(1).max(12).default(1),
      /** Only of this university; null is of all. */
      university: z.string().min(1).max(200).nullable().default(null),
      /** The newest transaction that was looked at: where a student was changed since, it is refused as MOVED_ON. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(advanced));
