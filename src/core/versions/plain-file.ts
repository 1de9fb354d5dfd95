import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** What lies where a file should: a folder, a link, a device, a pipe; or a file that is too long. */
export class NotPlain extends Error {}

/** Where the system knows these: no link is followed, and a pipe keeps nobody waiting. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const flags = (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK;

/**
 * Opens a file of a backup, which may have come from anywhere, for reading. Throws NotPlain for anything but a plain file, and what the
 * system throws.
 */
export async function openPlain(path: string): Promise<FileHandle> {
  if (!(await lstat(path)).isFile()) throw new NotPlain('it is no plain file');
  const handle = await open(path, flags);
  try {
    // It may have been exchanged since.
    if ((await handle.stat()).isFile()) return handle;
    throw new NotPlain('it is no plain file');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The text of a plain file of at most so many bytes. Throws as `openPlain`. */
export async function readPlain(path: string, most: number): Promise<string> {
  const handle = await openPlain(path);
  try {
    const { size } = await handle.stat();
    if (size > most) throw new NotPlain('it is too long');
    const bytes = Buffer.alloc(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    await handle.close();
  }
}
