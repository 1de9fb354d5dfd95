import { open } from 'node:fs/promises';

/** What a system says that knows no waiting for a folder: Windows, which does it by itself, and some shared drives. */
const unknownThere = (code: unknown): boolean =>
  code === 'EINVAL' || (process.platform === 'win32' && ['EPERM', 'EISDIR', 'EACCES'].includes(String(code)));

/**
 * Waits until the names in a folder are on the disk, where the system can: a new name is safe only then. Throws what the system throws,
 * as EIO and ENOENT.
 */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!unknownThere((error as NodeJS.ErrnoException).code)) throw error;
  }
}
