import { dirname } from 'node:path';
import { freeBytes } from '../free-bytes.ts';
import { megabytes } from '../files/refusal.ts';
import { badBackup } from './manifest.ts';

/** How many bytes the disk under a folder takes. */
export type Look = (folder: string) => Promise<number>;

/**
 * Checks that the disk has room for what a backup says it holds, before anything is written: a small one may claim to be huge. Of a folder
 * that is not there yet, the one above it counts. Throws BACKUP, reason `no_room`.
 */
export async function checkRoom(
  id: string,
  folder: string,
  bytes: number,
  look: Look = freeBytes,
): Promise<void> {
  const free = await nearest(folder, look);
  if (free >= bytes) return;
  const message = `Backup ${id} takes ${megabytes(bytes)} on the disk, and ${megabytes(free)} are free. Nothing was changed.`;
  throw badBackup('no_room', id, message);
}

async function nearest(folder: string, look: Look): Promise<number> {
  try {
    return await look(folder);
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    return nearest(above, look);
  }
}
