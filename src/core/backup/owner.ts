import { basename } from 'node:path';
import { keptHead } from '../log/audit/head.ts';
import { isElsewhere, isPlaceUnknown } from '../kernel/backups-folder.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { BackupManifest } from './manifest.ts';
import { readUsable } from './read-manifest.ts';
import { listBackups } from './list.ts';

/** The copy that wrote a transaction: the end of its clock's reading. */
const replicaOf = (hlc: string | null): string | null => hlc?.split('-').slice(2).join('-') || null;

/**
 * Id of the workspace that a folder is of, where its file cannot say it any more. A folder of backups elsewhere has it in its name; else the
 * newest backup that was written by the same copy as the head kept beside the file is its own; else all of them must be of one workspace.
 * Null where nobody can tell. Throws what reading the folder of backups throws.
 */
export async function ownerOf({ backups, head }: WorkspaceFiles): Promise<string | null> {
  if (isPlaceUnknown(backups)) return null;
  if (isElsewhere(backups)) return basename(backups).replace(/^frames-backups-/, '');
  const found: BackupManifest[] = [];
  for (const { id, problem } of await listBackups(backups))
    if (problem === null) found.push(await readUsable(backups, id));
  const replica = replicaOf(keptHead(head)?.hlc ?? null);
  const own = found.find((one) => replica !== null && replicaOf(one.head.hlc) === replica);
  if (own) return own.workspace;
  const [only, other] = new Set(found.map(({ workspace }) => workspace));
  return only !== undefined && other === undefined ? only : null;
}
