import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import { backupFilePattern } from '#shared/domain/workspace-files.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { refuseForeignFolder } from '../kernel/db/foreign-folder.ts';

/** A locked folder that will become a workspace. */
export interface NewFolder {
  files: WorkspaceFiles;
  /** Folders created for the workspace, deepest first, and their parent: these need a sync. */
  changedFolders: readonly string[];
  release(): void;
  /** Removes the created folders, as far as they are empty. */
  abandon(): void;
}

/**
 * Creates and locks a folder for a workspace. Throws WORKSPACE `not_empty_folder` if it holds a workspace or other files, or is among
 * backups; BUSY.
 */
export function lockNewFolder(folder: string): NewFolder {
  const into = resolve(folder);
  const files = workspaceFiles(into);
  refuseAmongBackups(into);
  refuseNonEmpty(files);
  const firstCreated = mkdirSync(into, { recursive: true });
  const created = firstCreated === undefined ? [] : parentsUpTo(into, resolve(firstCreated));
  const hadLock = existsSync(files.lock);
  const removeCreated = (): void => {
    // A lock on a new file has a journal next to it.
    if (!hadLock) for (const suffix of ['', '-journal']) rmSync(`${files.lock}${suffix}`, { force: true });
    for (const directory of created) rmdirSync(directory);
  };
  try {
    const lock = lockExclusive(files.lock);
    const target = {
      files,
      changedFolders: [...created, dirname(created.at(-1) ?? into)],
      release: () => lock.release(),
      abandon: () => ignoreErrors(removeCreated),
    };
    try {
      refuseNonEmpty(files);
      return target;
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (created.length > 0) ignoreErrors(removeCreated);
    throw error;
  }
}

/** A folder and its parents up to `top`. */
function parentsUpTo(folder: string, top: string): string[] {
  return folder === top || folder === dirname(folder)
    ? [folder]
    : [folder, ...parentsUpTo(dirname(folder), top)];
}

/** Runs `work` and ignores errors: another process can use the folder. */
function ignoreErrors(work: () => void): void {
  try {
    work();
  } catch {
    // An empty folder can stay.
  }
}

function refuseNonEmpty(files: WorkspaceFiles): void {
  // Refuses even a broken link: the content would be written to its target.
  if (lstatSync(files.live, { throwIfNoEntry: false }))
    throw workspaceFault('not_empty_folder', { why: clause('holdsWorkspace') });
  refuseForeignFolder(files);
}

/** Throws for a folder of backups or within one: its contents could be taken for backups or removed. */
function refuseAmongBackups(into: string): void {
  for (let folder = resolveExisting(into); folder !== dirname(folder); folder = dirname(folder)) {
    if (isFolderOfBackups(folder)) throw workspaceFault('not_empty_folder', { why: clause('amongBackups') });
  }
}

function isFolderOfBackups(folder: string): boolean {
  if (basename(folder) !== 'backups') return false;
  try {
    return readdirSync(folder).some((name) => name === 'lock.sqlite' || backupFilePattern.test(name));
  } catch {
    return false;
  }
}

function resolveExisting(path: string): string {
  if (path === dirname(path)) return path;
  try {
    return realpathSync(path);
  } catch {
    return join(resolveExisting(dirname(path)), basename(path));
  }
}
