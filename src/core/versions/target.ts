import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import { backupInFile } from '#shared/domain/workspace-files.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { refuseForeignFolder } from '../kernel/db/strangers.ts';

/** A locked folder that will become a workspace. */
export interface Target {
  files: WorkspaceFiles;
  /** Folders created for it, deepest first; and their parent. */
  grown: readonly string[];
  release(): void;
  /** Removes the created folders, as far as they are empty. */
  abandon(): void;
}

/**
 * Creates and locks a folder for a workspace. Throws WORKSPACE `not_empty_folder` if it holds a workspace or other files, or is among
 * backups; BUSY.
 */
export function openTarget(folder: string): Target {
  const into = resolve(folder);
  const files = workspaceFiles(into);
  refuseAmongBackups(into);
  refuseFilled(files);
  const first = mkdirSync(into, { recursive: true });
  const made = first === undefined ? [] : upTo(into, resolve(first));
  const hadLock = existsSync(files.lock);
  const take = (): void => {
    // A lock on a new file has a journal next to it.
    if (!hadLock) for (const end of ['', '-journal']) rmSync(`${files.lock}${end}`, { force: true });
    for (const one of made) rmdirSync(one);
  };
  try {
    const lock = lockExclusive(files.lock);
    const target = {
      files,
      grown: [...made, dirname(made.at(-1) ?? into)],
      release: () => lock.release(),
      abandon: () => quietly(take),
    };
    try {
      refuseFilled(files);
      return target;
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (made.length > 0) quietly(take);
    throw error;
  }
}

/** A folder and its parents up to `top`. */
function upTo(folder: string, top: string): string[] {
  return folder === top || folder === dirname(folder) ? [folder] : [folder, ...upTo(dirname(folder), top)];
}

/** Someone else uses it. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // An empty folder may stay.
  }
}

function refuseFilled(files: WorkspaceFiles): void {
  // Even a broken link: content would go where it points.
  if (lstatSync(files.live, { throwIfNoEntry: false }))
    throw workspaceFault('not_empty_folder', { why: clause('holdsWorkspace') });
  refuseForeignFolder(files);
}

/** Throws for a folder of backups or within one: its contents could be taken for backups or removed. */
function refuseAmongBackups(into: string): void {
  for (let folder = real(into); folder !== dirname(folder); folder = dirname(folder)) {
    if (isFolderOfBackups(folder)) throw workspaceFault('not_empty_folder', { why: clause('amongBackups') });
  }
}

function isFolderOfBackups(folder: string): boolean {
  if (basename(folder) !== 'backups') return false;
  try {
    return readdirSync(folder).some((name) => name === 'lock.sqlite' || backupInFile.test(name));
  } catch {
    return false;
  }
}

function real(path: string): string {
  if (path === dirname(path)) return path;
  try {
    return realpathSync(path);
  } catch {
    return join(real(dirname(path)), basename(path));
  }
}
