import { clause, verbatim } from '#shared/texts/sentence.ts';
import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { readTextFile } from './regular-file.ts';
import { workspaceFault } from '#shared/contract/faults.ts';

const fileName = 'backups.place.json';
/** Required name of a backups folder outside the workspace. It limits which folders a place file from an untrusted workspace can name. */
export const chosenFolderName = /^frames-backups-[\w-]{1,80}$/;

const placeSchema = z
  .string()
  .max(4000)
  .refine((folder) => isAbsolute(folder) && chosenFolderName.test(basename(folder)));
const placeFileSchema = z.object({ format: z.literal(1), folder: placeSchema });

/** The file that names this computer's backups folder. It is not part of the records and not audited. */
export const placeFile = (workspace: string): string => join(workspace, fileName);

export const ownBackups = (workspace: string): string => join(workspace, 'backups');

/** Returns the backups folder. If the place file is unreadable, returns a path that cannot be created, so no backup goes astray. */
export function backupsOf(workspace: string): string {
  let text: string;
  try {
    text = readTextFile(placeFile(workspace));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return ownBackups(workspace);
    return unusablePlace(workspace);
  }
  try {
    return placeFileSchema.parse(JSON.parse(text)).folder;
  } catch {
    return unusablePlace(workspace);
  }
}

const unusablePlace = (workspace: string): string => join(placeFile(workspace), 'frames-backups-unknown');

export const isPlaceUnknown = (backups: string): boolean => basename(dirname(backups)) === fileName;

/** Whether the backups folder is a chosen one outside the workspace. */
export const isElsewhere = (backups: string): boolean => chosenFolderName.test(basename(backups));

/** Whether the backups folder is usable. The default one may be missing, because it is created on demand; a chosen one must exist. */
export function isPlaceThere(backups: string): boolean {
  try {
    if (!isElsewhere(backups)) return statSync(backups, { throwIfNoEntry: false })?.isDirectory() !== false;
    return lstatSync(backups, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

/** Throws WORKSPACE (`no_backups_place`) if the folder is missing. It is never recreated: it may be on a disconnected drive. */
export function refuseMissingPlace(backups: string): void {
  if (isPlaceThere(backups)) return;
  const why = isPlaceUnknown(backups)
    ? clause('placeUnknown', { file: fileName })
    : isElsewhere(backups)
      ? verbatim(backups)
      : clause('placeNoFolder', { folder: basename(backups) });
  throw workspaceFault('no_backups_place', { why });
}
