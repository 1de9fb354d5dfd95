import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { maxGoldenVersions } from './golden.ts';
import { streamOf } from './progress.ts';

const restoredVersion = z.object({
  ...planShape,
  /** The number of a golden version; null for a backup. */
  version: z.number().nullable(),
  /** ISO 8601: when the version was made. */
  made: z.string(),
  another: z.boolean(),
  records: z.array(plannedRecord),
  /** Reasons against the restore. `path` is type, id and field joined by slashes. */
  problems: z.array(issue),
  head,
  backup: z.string().nullable(),
});
export type RestoredVersion = z.infer<typeof restoredVersion>;

const restoreOptions = {
  /** The head that the user saw. Throws MOVED_ON if an affected record has changed since. */
  seen: head.optional(),
  /** Returns the plan only, with a list of problems instead of an error. */
  dry: z.boolean().default(false),
};

/** Restores all records from a backup as one undoable change, after a backup; settings stay. For admins. Throws BACKUP, MOVED_ON. */
export const restore = operation
  .input(
    z.object({
      id: z.string(),
      /** The backup can be of another workspace; a dry run says whether it is. */
      another: z.boolean().default(false),
      ...restoreOptions,
    }),
  )
  .output(streamOf(restoredVersion));

/** Like `restore`, with a golden version; default: the current one. Also throws GOLDEN. */
export const reset = operation
  .input(z.object({ version: z.number().int().min(1).max(maxGoldenVersions).optional(), ...restoreOptions }))
  .output(streamOf(restoredVersion));
