import { z } from 'zod';

/**
 * Changes that were written down and are not there then: those after `since` (null where it is not the same history that ends early) and
 * up to `until`, ISO 8601, null where that was not written down. `maybe` where only their history is known to be gone: records were taken as
 * they stand in the file, which may be what these changes made of them.
 */
export const missing = z.object({
  since: z.string().nullable(),
  until: z.string().nullable(),
  maybe: z.boolean().optional(),
});
export type Missing = z.infer<typeof missing>;

/** What came of reading a damaged workspace, or would. */
export const salvageReport = z.object({
  /** The backup that it begins with; null where it begins with nothing. `made` is ISO 8601. */
  backup: z.object({ id: z.string(), made: z.string() }).nullable(),
  /** Transactions of the log that were read after it, in an unbroken chain; and when the last one was made, or null. */
  transactions: z.number(),
  until: z.string().nullable(),
  /** Whether the log was read to its end; false also where nothing says where it ended. */
  whole: z.boolean(),
  /** What the log lacks of what was written down beside the file; null where nothing is known to be missing. */
  missing: missing.nullable(),
  /**
   * The file is an older copy: all of its log was read, which ends at `until` (ISO 8601), and the backup that it begins with goes on from
   * there. What the file has of records that both have is older than what the backup has.
   */
  older: z.object({ until: z.string() }).optional(),
  /** The file is of another workspace than its folder, as far as anybody can tell. */
  another: z.boolean().optional(),
  /**
   * By table: records that could be read, those that there are then, those of them that were taken from rows because the log could not be
   * read so far, and those that were left out.
   */
  tables: z.record(
    z.string(),
    z.object({ found: z.number(), now: z.number(), taken: z.number(), left: z.number() }),
  ),
  /**
   * Records whose own row could not be read: they are as the log last has them, and older if they were changed after that. All others are as
   * new as the file. Only where a part of the log is missing.
   */
  unread: z.number(),
  /** What is not there then, or not as it last was, and why; and how many more than are named. */
  left: z.array(
    z.object({
      type: z.string(),
      id: z.string(),
      title: z.string(),
      why: z.enum(['refers', 'unfit', 'unnamed', 'contradicted', 'unreadable', 'older']),
    }),
  ),
  more: z.number(),
  /** Backups that are damaged or that the disk does not give out, and would have been taken before the one that it begins with, or are later. */
  spoiled: z.array(z.string()),
  /**
   * Later backups that it does not begin with: `line`, the log that was read does not lead to what they hold, as to what a restore
   * displaced; `unusable`, their manifest cannot be read, or is of a newer program.
   */
  unused: z.array(z.object({ id: z.string(), why: z.enum(['line', 'unusable']) })),
  /** Folders of backups that could not be read: which lie there nobody knows. */
  closed: z.array(z.string()).optional(),
});
export type SalvageReport = z.infer<typeof salvageReport>;
