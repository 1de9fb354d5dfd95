import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readTextSync } from '#files/open-file.ts';
import type { WorkspaceFiles } from '../db/files.ts';

/** The journal of a restore, written before live is replaced: the next process finishes or rolls back. Holds names, not paths. */
const intentSchema = z.object({
  format: z.literal(1),
  backup: z.string().max(100),
  building: z.string().regex(/^\.restore-\w{6}$/),
  /** Folder among the backups for files moved aside because they could not be backed up; null if a backup was made. */
  displaced: z
    .string()
    .regex(/^displaced-\d{8}T\d{9}Z(?:-\d{1,6})?$/)
    .nullable(),
});
export type Intent = z.infer<typeof intentSchema>;

const maxIntentBytes = 10_000;

type WorkspaceFolder = Pick<WorkspaceFiles, 'folder'>;

export const intentFile = ({ folder }: WorkspaceFolder): string => join(folder, 'restoring.json');

export function readIntent(files: WorkspaceFolder): Intent | null {
  const file = intentFile(files);
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > maxIntentBytes) return null;
    return intentSchema.parse(JSON.parse(readTextSync(file)));
  } catch {
    return null;
  }
}
