import { z } from 'zod';
import { operation } from './base.ts';
import { head } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue } from './record.ts';

/** A field in the backup and in the open target (`live`). A missing side lacks the field; that differs from null. */
const fieldDifference = z.object({
  field: z.string(),
  backup: jsonValue.optional(),
  live: jsonValue.optional(),
});
export type FieldDifference = z.infer<typeof fieldDifference>;

const countsByTable = z.record(z.string(), z.number());

const restoredRecords = z.object({
  /** Id of the backup and its time (ISO 8601). */
  backup: z.string(),
  made: z.string(),
  another: z.boolean(),
  op_id: z.string().nullable(),
  dry: z.boolean(),
  created: countsByTable,
  restored: countsByTable,
  updated: countsByTable,
  /** Requested records in their order, then records that they need. */
  records: z.array(
    z.object({
      type: auditedType,
      id: z.string(),
      title: z.string(),
      university: z.string().nullable(),
      /** `created`: new to live. `restored`: the record was deleted. `updated`: it differed. `none`: it equals the backup. */
      action: z.enum(['created', 'restored', 'updated', 'none']),
      /** `asked`: requested. `needed`: a requested record would be hidden without it. `link`: a link of a requested record. */
      why: z.enum(['asked', 'needed', 'link']),
      /** Fields that differ; all fields if live does not have the record. */
      fields: z.array(fieldDifference),
    }),
  ),
  /** Links of these records that the backup has, live lacks, and the restore leaves out. */
  links_left: z.number(),
  /** In a dry run, the reasons against the restore: dangling references, ids in use, permissions. */
  problems: z.array(issue),
  head,
});
export type RestoredRecords = z.infer<typeof restoredRecords>;

export const maxRestored = 1000;

/**
 * Restores records from a backup as one undoable change, in live or in the open sandbox. Adds the records they would be hidden without, and with
 * `links` their links in the backup. Requires permission to change each record. `dry` only returns the plan and its problems. Also throws MOVED_ON.
 */
export const restoreRecords = operation
  .input(
    z.object({
      id: z.string(),
      records: z.array(z.string().min(1).max(200)).min(1).max(maxRestored),
      links: z.boolean().default(false),
      /** The backup can be of another workspace; a dry run says whether it is. */
      another: z.boolean().default(false),
      /** The head that the user saw. Throws MOVED_ON if a restored record has changed since. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(restoredRecords));
