import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { backupInFile } from '#shared/domain/workspace-files.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { refuseForeignFolder } from '../kernel/db/strangers.ts';

/** A folder that is to become a workspace, held alone. */
export interface Target {
  files: WorkspaceFiles;
  /** Folders whose names are new, the deepest first; and the one above them. */
  grown: readonly string[];
  release(): void;
  /** Takes away what was made for it, as far as nothing else is in it. */
  abandon(): void;
}

/**
 * Makes a folder into which a workspace may be put, and holds it. Throws WORKSPACE `not_empty_folder` for one that holds a workspace or
 * files of somebody else's, or lies among backups, and BUSY.
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
    // Who holds a lock on a new file has a journal beside it.
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

/** A folder and those above it, up to `top`. */
function upTo(folder: string, top: string): string[] {
  return folder === top || folder === dirname(folder) ? [folder] : [folder, ...upTo(dirname(folder), top)];
}

/** What cannot be taken away stays: somebody else has begun to use it. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing is lost by an empty folder.
  }
}

function refusal(message: string): Fault<'WORKSPACE'> {
  return new Fault('WORKSPACE', `${message} Nothing was changed.`, { reason: 'not_empty_folder' });
}

function refuseFilled(files: WorkspaceFiles): void {
  // Also a link that leads nowhere: it is somebody's, and what is put there would go where it points.
  if (lstatSync(files.live, { throwIfNoEntry: false }))
    throw refusal('The folder already contains a workspace. Choose an empty folder.');
  refuseForeignFolder(files);
}

/** Throws for a folder of backups, or one in it: a workspace there would be taken for one of them, or swept. */
function refuseAmongBackups(into: string): void {
  for (let folder = real(into); folder !== dirname(folder); folder = dirname(folder)) {
    if (isFolderOfBackups(folder)) throw refusal('The folder is inside a backup folder. Choose another one.');
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
