import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { noSandbox } from './files.ts';
import type { WorkspaceFiles } from './files.ts';

/** A file of a sandbox that is not what it should be. */
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

/** Refuses a folder that is a link or no folder at all; one that is missing is none. Throws WORKSPACE, reason foreign. */
export function checkFolder(folder: string): boolean {
  const stat = statOf(folder);
  if (!stat) return false;
  if (stat.isDirectory()) return true;
  throw foreignFile(
    `"${basename(folder)}" is ${stat.isSymbolicLink() ? 'a link' : 'no folder'}. Nothing was changed.`,
  );
}

/**
 * Refuses what is there and no file: a link, a folder, a pipe, which would keep whoever opens it waiting. A file with a second name is
 * refused too: it may be one of live's. Throws WORKSPACE, reason foreign.
 */
export function checkFile(file: string): void {
  const stat = statOf(file);
  if (!stat) return;
  const name = basename(file);
  if (!stat.isFile())
    throw foreignFile(`${name} is ${stat.isSymbolicLink() ? 'a link' : 'no file'}: it is not opened.`);
  if (stat.nlink > 1)
    throw foreignFile(`${name} has a second name elsewhere (a hard link): it is not opened.`);
}

/** The files of one sandbox, and live's. */
export type Place = Pick<WorkspaceFiles, 'data' | 'head' | 'lock' | 'holders' | 'live'>;

/**
 * Looks at a sandbox's files by their names, before anything is opened: no link is followed, nothing but files is opened, and none of
 * them is one of live's by another name. Throws NOT_FOUND; WORKSPACE, reason foreign.
 */
export function checkPlace(files: Place, id: string): void {
  for (const folder of [join(dirname(files.live), 'sandboxes'), dirname(files.data)]) checkFolder(folder);
  const own = statOf(files.data);
  if (!own) throw noSandbox(id);
  const live = statOf(files.live);
  if (live && live.ino === own.ino && live.dev === own.dev)
    throw foreignFile(`${basename(files.data)} is the live file by another name: it is not opened.`);
  const sides = ['-wal', '-shm', '-journal'].map((end) => `${files.data}${end}`);
  for (const file of [files.data, ...sides, files.head, files.lock, `${files.lock}-journal`]) checkFile(file);
  checkFolder(files.holders);
}
