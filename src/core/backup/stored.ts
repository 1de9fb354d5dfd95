import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { backupIds } from './list.ts';
import { packsOf } from './manifest.ts';

/** Bytes of what is stored for all backups of a folder: what they share, and what each has by itself. */
export async function storedBytes(backups: string): Promise<number> {
  const folders = (await backupIds(backups)).map((id) => join(backups, id));
  return bytesWithin([packsOf(backups), ...folders]);
}

/** Bytes of the files in folders and beneath them; what is missing, closed to us or no folder has none, and no link is followed. */
export async function bytesWithin(folders: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const folder of folders)
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) bytes += await bytesWithin([path]);
      else bytes += (await unlessMissing(lstat(path)))?.size ?? 0;
    }
  return bytes;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  if (!(await unlessMissing(lstat(folder)))?.isDirectory()) return [];
  return (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
}

const passedOver: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'];

/** Somebody may remove one meanwhile; what is wrong with a backup is said of it elsewhere. */
async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (passedOver.includes((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}
