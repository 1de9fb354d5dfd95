import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { ownerBy, readablePlaces } from './places.ts';

/**
 * Whether live's file, which lacks what was written down beside it and says that it is of `workspace`, is of another one than its folder: the
 * backups say whose that is. False where nobody can tell.
 */
export async function isAnothers(files: WorkspaceFiles, workspace: string): Promise<boolean> {
  if (files.target.kind !== 'live' || workspace === '') return false;
  try {
    const owner = await ownerBy(files, await readablePlaces(files.folder));
    return owner !== null && owner !== workspace;
  } catch {
    return false;
  }
}
