import { z } from 'zod';
import { withDisplay } from './display-rules.ts';

/**
 * Recorded changes that a salvage loses: those after `since` (null if the file's log does not belong to the recorded history) up to
 * `until`. Both ISO 8601; `until` is null if it was not recorded. `maybe`: only their history is lost for certain, because records come
 * from the file and can include these changes.
 */
export const missingChanges = z.object({
  since: z.string().nullable(),
  until: z.string().nullable(),
  maybe: z.boolean().optional(),
});
export type MissingChanges = z.infer<typeof missingChanges>;

export const salvageReport = z.object({
  /** The backup that the salvage starts from; null for none. `made` is ISO 8601. */
  backup: z.object({ id: z.string(), made: z.string() }).nullable(),
  /** Number of transactions read after the backup in an unbroken chain, and the time of the last one or null. */
  transactions: z.number(),
  until: z.string().nullable(),
  /** Whether the log was read to its end; false if the end is unknown. */
  whole: z.boolean(),
  /** Recorded changes that the log lacks; null if none is known to be missing. */
  missing: missingChanges.nullable(),
  /** Set if the file is an older copy that ends at `until` (ISO 8601); the backup continues from there. */
  older: z.object({ until: z.string() }).optional(),
  /** Whether the file belongs to another workspace than its folder, as far as can be determined. */
  another: withDisplay(z.boolean(), {
    text: (isAnother) => (isAnother ? 'the file belongs to another workspace' : ''),
  }).optional(),
  /** By table: readable, resulting (and those of them taken from rows, beyond the readable log), and left out. */
  tables: z.record(
    z.string(),
    z.object({ found: z.number(), now: z.number(), taken: z.number(), left: z.number() }),
  ),
  /** Records with an unreadable row: they have their last state in the log. Only if a part of the log is missing. */
  unread: z.number(),
  /** Records that are lost or older than they were, with the reason. `more`: number of such records that are not listed. */
  left: z.array(
    z.object({
      type: z.string(),
      id: z.string(),
      title: z.string(),
      why: z.enum(['refers', 'unfit', 'unnamed', 'contradicted', 'unreadable', 'older']),
    }),
  ),
  more: z.number(),
  /** Corrupt or unreadable backups that are newer than `backup`, or that the salvage would have preferred to it. */
  spoiled: z.array(z.string()),
  /** `line`: the log that was read does not lead to the backup. `unusable`: the backup's manifest is unreadable or newer. */
  unused: z.array(z.object({ id: z.string(), why: z.enum(['line', 'unusable']) })),
  /** Unreadable backup folders, whose content is unknown. */
  closed: z.array(z.string()).optional(),
});
export type SalvageReport = z.infer<typeof salvageReport>;
