import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { readTextFile } from './regular-file.ts';
import { Fault } from '#shared/contract/faults.ts';

const fileName = 'backups.place.json';
/** Folders of backups that lie elsewhere have such a name: nothing else can be said by a file that came with a workspace. */
export const elsewhere = /^frames-backups-[\w-]{1,80}$/;

/** The path of a folder of backups that lies elsewhere. */
export const placeForm = z
  .string()
  .max(4000)
  .refine((folder) => isAbsolute(folder) && elsewhere.test(basename(folder)));
const form = z.object({ format: z.literal(1), folder: placeForm });

/** The file beside the records that says where their backups lie on this computer; it is no part of the records and not audited. */
export const placeFile = (workspace: string): string => join(workspace, fileName);

/** The workspace's own folder of backups, wherever they lie today. */
export const ownBackups = (workspace: string): string => join(workspace, 'backups');

/**
 * The folder of the backups of a workspace: `backups` in its own, or the one that was chosen. Where the file that says it cannot be read it
 * is one that nobody can make, so that nothing goes to another place than was said.
 */
export function backupsOf(workspace: string): string {
  let text: string;
  try {
    text = readTextFile(placeFile(workspace));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return ownBackups(workspace);
    return nowhere(workspace);
  }
  try {
    return form.parse(JSON.parse(text)).folder;
  } catch {
    return nowhere(workspace);
  }
}

const nowhere = (workspace: string): string => join(placeFile(workspace), 'frames-backups-unknown');

/** Whether the file that says where backups lie cannot be read. */
export const isPlaceUnknown = (backups: string): boolean => basename(dirname(backups)) === fileName;

/** Whether a folder of backups was chosen, and is not the workspace's own. */
export const isElsewhere = (backups: string): boolean => elsewhere.test(basename(backups));

/** Whether the folder of backups can be used as far as its place goes: the usual one is made when it is needed, a chosen one is there. */
export function isPlaceThere(backups: string): boolean {
  try {
    if (!isElsewhere(backups)) return statSync(backups, { throwIfNoEntry: false })?.isDirectory() !== false;
    return lstatSync(backups, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

/**
 * Throws WORKSPACE, reason `no_backups_place`, where the chosen folder of backups is not there, as on a drive that is not connected, or
 * the usual one is no folder. It is
 * never made anew: an empty folder would lie where the drive is not.
 */
export function refuseMissingPlace(backups: string): void {
  if (isPlaceThere(backups)) return;
  const what = isPlaceUnknown(backups)
    ? `${fileName} beside the records cannot be read, so that nobody knows where backups lie`
    : isElsewhere(backups)
      ? `The place of backups, ${backups}, is not there: connect its drive`
      : `${basename(backups)} in the workspace is no folder: move it away`;
  const message = `${what}; or choose another folder ("frames backup place"). Nothing was changed.`;
  throw new Fault('WORKSPACE', message, { reason: 'no_backups_place' });
}
