import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorkspaceFiles } from '../db/files.ts';

/**
 * What a restore writes down beside the live file before it replaces that, so that whoever opens the workspace next can finish it, or take it
 * back. It holds names and no paths.
 */
const intent = z.object({
  format: z.literal(1),
  backup: z.string().max(100),
  building: z.string().regex(/^\.restore-\w{6}$/),
  /** The folder among the backups for what is moved aside because no backup could be made of it; null where one was made. */
  displaced: z
    .string()
    .regex(/^displaced-\d{8}T\d{9}Z(?:-\d{1,6})?$/)
    .nullable(),
});
export type Intent = z.infer<typeof intent>;

const longest = 10_000;

type Folder = Pick<WorkspaceFiles, 'folder'>;

export const intentFile = ({ folder }: Folder): string => join(folder, 'restoring.json');

/** What was written down; null where nothing is, or what is there is none of ours. */
export function readIntent(files: Folder): Intent | null {
  const file = intentFile(files);
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > longest) return null;
    return intent.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
