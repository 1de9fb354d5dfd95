import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { z } from 'zod';
import { isFault } from '#shared/contract/faults.ts';
import type { FormerPlace } from '#shared/contract/backups.ts';
import { backupsOf, isElsewhere, isPlaceThere, ownBackups, placeForm } from '../kernel/backups-folder.ts';
import { backupIds } from './list.ts';

/** Places that are remembered at most. */
const most = 20;
const form = z.object({ format: z.literal(1), folders: z.array(placeForm).max(most) });

/** The file beside the records that says where backups lay before on this computer; as the one that says where they lie, no part of the records. */
const formerFile = (workspace: string): string => join(workspace, 'backups.former.json');

/** Folders elsewhere in which backups lay before; a file that cannot be read names none. */
function remembered(workspace: string): string[] {
  try {
    return form.parse(JSON.parse(readFileSync(formerFile(workspace), 'utf8'))).folders;
  } catch {
    return [];
  }
}

/** Notes a folder as one in which backups lay before. The workspace's own need not be noted, nor one that is there and holds none. */
export async function rememberPlace(workspace: string, folder: string): Promise<void> {
  if (!placeForm.safeParse(folder).success || folder.startsWith(`${workspace}${sep}`)) return;
  const { count, there } = await lookInto(folder);
  if (there && count === 0) return;
  const folders = [folder, ...remembered(workspace).filter((one) => one !== folder)].slice(0, most);
  writeFileAtomicSync(formerFile(workspace), `${JSON.stringify({ format: 1, folders })}\n`);
}

/** Where backups of a workspace lay before and still lie, or lay when their drive was there: the places that the one of today is not. */
export async function formerPlaces(workspace: string): Promise<FormerPlace[]> {
  const now = backupsOf(workspace);
  const before = [ownBackups(workspace), ...remembered(workspace)].filter((folder) => folder !== now);
  const found = await Promise.all(before.map(lookInto));
  return found.filter(({ count, there }) => count > 0 || !there);
}

async function lookInto(folder: string): Promise<FormerPlace> {
  const usual = !isElsewhere(folder);
  // The usual one is only made when it is needed.
  if (!usual && !isPlaceThere(folder)) return { folder, usual, there: false, count: 0 };
  try {
    return { folder, usual, there: true, count: (await backupIds(folder)).length };
  } catch (error) {
    // In what is no folder nothing lies; one that nobody may look into cannot be reached.
    return { folder, usual, there: isFault(error), count: 0 };
  }
}
