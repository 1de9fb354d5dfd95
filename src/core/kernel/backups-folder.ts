import { clause, verbatim } from '#shared/texts/sentence.ts';
import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { readSmallFile } from './regular-file.ts';
import { workspaceFault } from '#shared/contract/faults.ts';

const placeFileName = 'backups.place.json';
/** Required name of a backups folder outside the workspace. A place file from an untrusted workspace can name only such a folder. */
export const chosenFolderPattern = /^frames-backups-[\w-]{1,80}$/;

const placeSchema = z
  .string()
  .max(4000)
  .refine((folder) => isAbsolute(folder) && chosenFolderPattern.test(basename(folder)));
const placeFileSchema = z.object({ format: z.literal(1), folder: placeSchema });

/** The file that names this computer's backups folder. It is not part of the records and not audited. */
export const placeFile = (workspace: string): string => join(workspace, placeFileName);

export const defaultBackupsFolder = (workspace: string): string => join(workspace, 'backups');

/** Returns the backups folder. If the place file is unreadable, returns a path that cannot be created, so no backup is misplaced. */
export function backupsFolderOf(workspace: string): string {
  let text: string;
  try {
    text = readSmallFile(placeFile(workspace));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return defaultBackupsFolder(workspace);
    return unknownFolder(workspace);
  }
  try {
    return placeFileSchema.parse(JSON.parse(text)).folder;
  } catch {
    return unknownFolder(workspace);
  }
}

const unknownFolder = (workspace: string): string => join(placeFile(workspace), 'frames-backups-unknown');

export const isUnknownFolder = (backups: string): boolean => basename(dirname(backups)) === placeFileName;

/** Whether the backups folder is a chosen one outside the workspace. */
export const isChosenFolder = (backups: string): boolean => chosenFolderPattern.test(basename(backups));

/** Whether the backups folder is usable. The default one can be missing, because it is created on demand; a chosen one must exist. */
export function isFolderUsable(backups: string): boolean {
  try {
    if (!isChosenFolder(backups))
      return statSync(backups, { throwIfNoEntry: false })?.isDirectory() !== false;
    return lstatSync(backups, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

/** Throws WORKSPACE (`no_backups_place`) if the folder is missing or unusable. It is never recreated: its drive can be disconnected. */
export function refuseMissingFolder(backups: string): void {
  if (isFolderUsable(backups)) return;
  const why = isUnknownFolder(backups)
    ? clause('placeUnknown', { file: placeFileName })
    : isChosenFolder(backups)
      ? verbatim(backups)
      : clause('placeNoFolder', { folder: basename(backups) });
  throw workspaceFault('no_backups_place', { why });
}
