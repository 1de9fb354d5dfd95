import { backupIds } from '#core/versions/list.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { refuseStrangers } from '#core/workspace/create.ts';
import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import { amount } from './words.ts';

/** Why there is no workspace in a folder that was one, with what to do about it; null where none was, or it is there. */
export async function whyLost(files: WorkspaceFiles): Promise<string | null> {
  try {
    refuseStrangers(files);
    return null;
  } catch (error) {
    if (!isFault(error) || reasonOf(error) !== 'lost') return null;
    const { length } = await backupIds(files.backups).catch(() => []);
    const why = error.message.replace(/ Nothing was changed\.$/, '');
    if (length === 0) return `${why} There are no backups in ${files.backups}.`;
    const are = length === 1 ? 'is' : 'are';
    return `${why} There ${are} ${amount(length, 'backup')}: "frames backup restore ID" puts one in its place, "frames backup list" says which there ${are}.`;
  }
}

/** What opening was refused with; where the folder was a workspace, as that. */
export async function orLost(error: unknown, folder: string): Promise<unknown> {
  if (!isFault(error) || !['missing', 'lost'].includes(String(reasonOf(error)))) return error;
  if (error.code !== 'WORKSPACE') return error;
  const why = await whyLost(workspaceFiles(folder));
  return why === null ? error : new Fault('WORKSPACE', `${why} Nothing was changed.`, { reason: 'lost' });
}
