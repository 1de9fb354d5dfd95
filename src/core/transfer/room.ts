import { freeBytes } from '../kernel/free-bytes.ts';
import { megabytes } from './megabytes.ts';
import { refusal } from './refuse.ts';

/**
 * How much larger than its file an import is on the disk for a while: the records, their audit, and both once more in SQLite's
 * write-ahead log.
 */
const growth = 6;

/** Checks that the disk under `folder` has room for importing a file of so many bytes. Throws BAD_FILE, reason no_room. */
export async function checkRoom(folder: string, bytes: number, look = freeBytes): Promise<void> {
  const needed = bytes * growth;
  const free = await look(folder);
  if (free >= needed) return;
  throw refusal(
    'no_room',
    `The import needs about ${megabytes(needed)} on the disk, and ${megabytes(free)} are free.`,
  );
}
