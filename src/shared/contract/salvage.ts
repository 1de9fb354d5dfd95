import { z } from 'zod';

/**
 * Recorded changes that a salvage loses: those after `since` (null if the file's log does not belong to the recorded history) up to
 * `until`. Both ISO 8601; `until` is null if it was not recorded. `maybe`: only their history is lost for certain, because records come
 * from the file and may include these changes.
 */
export const missing = z.object({
  since: z.string().nullable(),
  until: z.string().nullable(),
  maybe: z.boolean().optional(),
});
export type Missing = z.infer<typeof missing>;

/** Result or preview of salvaging a corrupt workspace. */
export const salvageReport = z.object({
  /** The backup it starts from; null for none. `made` is ISO 8601. */
  backup: z.object({ id: z.string(), made: z.string() }).nullable(),
  /** Number of transactions read after it in an unbroken chain, and the time of the last one or null. */
  transactions: z.number(),
  until: z.string().nullable(),
  /** Whether the log was read to its end; false if the end is unknown. */
  whole: z.boolean(),
  /** Recorded changes that the log lacks; null if none is known to be missing. */
  missing: missing.nullable(),
  /**
   * Set if the file is an older copy: its whole log was read and ends at `until` (ISO 8601), and the backup continues from there. Records
   * in both are older in the file.
   */
  older: z.object({ until: z.string() }).optional(),
  /** The file belongs to another workspace than its folder, as far as can be determined. */
  another: z.boolean().optional(),
  /**
   * By table: readable records, resulting records, those of them taken from rows because the log was not readable that far, and records
   * left out.
   */
  tables: z.record(
    z.string(),
    z.object({ found: z.number(), now: z.number(), taken: z.number(), left: z.number() }),
  ),
  /**
   * Records whose own row was unreadable. They have their last state in the log, and later changes of them are lost. All others are as new
   * as the file. Only if a part of the log is missing.
   */
  unread: z.number(),
  /** Records that are lost or older than they were, with the reason; and the number beyond those listed. */
  left: z.array(
    z.object({
      type: z.string(),
      id: z.string(),
      title: z.string(),
      why: z.enum(['refers', 'unfit', 'unnamed', 'contradicted', 'unreadable', 'older']),
    }),
  ),
  more: z.number(),
  /** Corrupt or unreadable backups that are later than the one it starts from, or would have been preferred to it. */
  spoiled: z.array(z.string()),
  /**
   * Later backups that were not used. `line`: the log that was read does not lead to them, for example after a restore. `unusable`: the
   * manifest is unreadable or of a newer program.
   */
  unused: z.array(z.object({ id: z.string(), why: z.enum(['line', 'unusable']) })),
  /** Unreadable backup folders, whose content is unknown. */
  closed: z.array(z.string()).optional(),
});
export type SalvageReport = z.infer<typeof salvageReport>;
