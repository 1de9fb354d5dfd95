import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { backupIds } from './list.ts';
import { packsOf } from './manifest.ts';

/** Bytes of what is stored for all backups of a folder: what they share, and what each has by itself. */
export async function storedBytes(backups: string): Promise<number> {
  const folders = (await backupIds(backups)).map((id) => join(backups, id));
  return bytesWithin([packsOf(backups), ...folders]);
}

/** Bytes of the files in folders and beneath them; what is missing has none. */
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

const entriesOf = async (folder: string) =>
  (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];

/** Somebody may remove one meanwhile. */
async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
