import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { noSandbox } from './files.ts';
import type { WorkspaceFiles } from './files.ts';

export function foreignFile(message: string): Fault<'WORKSPACE'> {
  return new Fault('WORKSPACE', message, { reason: 'foreign' });
}

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
  throw foreignFile(
    `"${basename(folder)}" is ${stat.isSymbolicLink() ? 'a link' : 'no folder'}. Nothing was changed.`,
  );
}

/** Throws WORKSPACE (`foreign`) unless the path is missing or a regular file without hard links (one may be live's). */
export function checkFile(file: string): void {
  const stat = statOf(file);
  if (!stat) return;
  const name = basename(file);
  if (!stat.isFile())
    throw foreignFile(`${name} is ${stat.isSymbolicLink() ? 'a link' : 'no file'}: it is not opened.`);
  if (stat.nlink > 1)
    throw foreignFile(`${name} has a second name elsewhere (a hard link): it is not opened.`);
}

export type Place = Pick<WorkspaceFiles, 'data' | 'head' | 'lock' | 'holders' | 'live'>;

/** Checks a sandbox's files before any is opened. Throws NOT_FOUND, and WORKSPACE (`foreign`) for links and files of live. */
export function checkPlace(files: Place, id: string): void {
  for (const folder of [join(dirname(files.live), 'sandboxes'), dirname(files.data)]) checkFolder(folder);
  const sandboxStat = statOf(files.data);
  if (!sandboxStat) throw noSandbox(id);
  const liveStat = statOf(files.live);
  if (liveStat && liveStat.ino === sandboxStat.ino && liveStat.dev === sandboxStat.dev)
    throw foreignFile(`${basename(files.data)} is the live file by another name: it is not opened.`);
  const sidecars = ['-wal', '-shm', '-journal'].map((end) => `${files.data}${end}`);
  for (const file of [files.data, ...sidecars, files.head, files.lock, `${files.lock}-journal`])
    checkFile(file);
  checkFolder(files.holders);
}
