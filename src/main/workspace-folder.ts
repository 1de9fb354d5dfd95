import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { sandboxIdOf, hasWorkspaceTraces } from '#shared/domain/workspace-files.ts';
import type { FolderReader } from '#shared/domain/workspace-files.ts';

const ignoredFiles = /^(\.DS_Store|\.directory|Thumbs\.db|desktop\.ini)$/i;

/** Also true if only the database file is missing: it can be recovered. Must match `refuseForeignFolder` in core. */
export function hasWorkspace(folder: string): boolean {
  return hasWorkspaceTraces(folder, sep, folderReader);
}

/** True for a dangling link and for a path that the system refuses to read; opening it reports why. */
function pathExists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

export const folderReader: FolderReader = {
  exists: pathExists,
  listNames: (folder) => namesIn(folder) ?? [],
};

/** Empty if the folder does not exist, null if it is unreadable. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}

/** Ids of the sandboxes in a workspace and its trash, from file names. Null if the folder is unreadable or missing. */
export function sandboxesIn(folder: string): string[] | null {
  const sandboxFolder = join(folder, 'sandboxes');
  const [existing, discarded] = [sandboxFolder, join(sandboxFolder, 'trash')].map(namesIn);
  if (!existing || !discarded || !existsSync(folder)) return null;
  return [...existing, ...discarded].flatMap((name) => sandboxIdOf(name) ?? []);
}

/** Whether a workspace can be created here: the folder is missing or empty. False if it is unreadable. */
export function isEmptyOrMissing(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    return readdirSync(folder).every((entry) => ignoredFiles.test(entry));
  } catch {
    return false;
  }
}
