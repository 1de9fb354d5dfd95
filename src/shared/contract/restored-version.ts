import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { mostGoldenVersions } from './golden.ts';
import { streamOf } from './progress.ts';

const restoredVersion = z.object({
  ...planShape,
  /** The number of a golden version; null for a backup. */
  version: z.number().nullable(),
  /** ISO 8601: when the version was made. */
  made: z.string(),
  /** It is of another workspace. */
  another: z.boolean(),
  records: z.array(plannedRecord),
  /** Why it cannot be done. `path` is type, id and field with slashes. */
  problems: z.array(issue),
  /** The newest transaction of live that it was compared with. */
  head,
  /** The backup of live that was made before it, or null. */
  backup: z.string().nullable(),
});
export type RestoredVersion = z.infer<typeof restoredVersion>;

const asked = {
  /** The newest transaction that was looked at: where a record was changed since, it is refused as MOVED_ON. */
  seen: head.optional(),
  /** Only says what would be done; what is in the way is listed then, and not thrown. */
  dry: z.boolean().default(false),
};

/**
 * Makes all records of live what they are in a backup, as one audited change that undo takes back; live is backed up before. Profiles, the name of
 * the workspace, retention, sandboxes and backups stay as they are. For admins. Throws BACKUP, MOVED_ON, INVALID, FORBIDDEN, WORKSPACE, BUSY.
 */
export const restore = operation
  .input(
    z.object({
      id: z.string(),
      /** The backup may be of another workspace; a dry run says whether it is. */
      another: z.boolean().default(false),
      ...asked,
    }),
  )
  .output(streamOf(restoredVersion));

/** As `restore` with a golden version, the current one unless another is named. Throws GOLDEN besides. */
export const reset = operation
  .input(z.object({ version: z.number().int().min(1).max(mostGoldenVersions).optional(), ...asked }))
  .output(streamOf(restoredVersion));
