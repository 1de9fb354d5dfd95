import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { noSandboxFault } from './files.ts';
import type { WorkspaceFiles } from './files.ts';

export const foreignFileFault = (path: string, why: Sentence): Fault<'WORKSPACE'> =>
  workspaceFault('foreign', { file: basename(path), why });

function statOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Returns whether the folder exists. Throws WORKSPACE (`foreign`) if it is a link or not a folder. */
export function checkFolder(folder: string): boolean {
  const stat = statOf(folder);
  if (!stat) return false;
  if (stat.isDirectory()) return true;
  throw foreignFileFault(folder, clause(stat.isSymbolicLink() ? 'isLink' : 'moveAway'));
}

/** Throws WORKSPACE (`foreign`) unless the path is missing or a regular file without hard links: a hard link can be live's file. */
export function checkFile(file: string): void {
  const stat = statOf(file);
  if (!stat) return;
  if (!stat.isFile()) throw foreignFileFault(file, clause(stat.isSymbolicLink() ? 'isLink' : 'notRegular'));
  if (stat.nlink > 1) throw foreignFileFault(file, clause('hardLink'));
}

export type SandboxPaths = Pick<WorkspaceFiles, 'data' | 'head' | 'lock' | 'holders' | 'live'>;

/** Checks a sandbox's files before any is opened. Throws NOT_FOUND, and WORKSPACE (`foreign`) for links and files of live. */
export function checkSandboxFiles(files: SandboxPaths, id: string): void {
  for (const folder of [join(dirname(files.live), 'sandboxes'), dirname(files.data)]) checkFolder(folder);
  const sandboxStat = statOf(files.data);
  if (!sandboxStat) throw noSandboxFault(id);
  const liveStat = statOf(files.live);
  if (liveStat && liveStat.ino === sandboxStat.ino && liveStat.dev === sandboxStat.dev)
    throw foreignFileFault(files.data, clause('liveByName'));
  const sidecars = ['-wal', '-shm', '-journal'].map((suffix) => `${files.data}${suffix}`);
  for (const file of [files.data, ...sidecars, files.head, files.lock, `${files.lock}-journal`])
    checkFile(file);
  checkFolder(files.holders);
}
