import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Not a plain file (a folder, link, device or pipe), or too long. */
export class NotPlain extends Error {
  readonly why: Sentence;

  constructor(key: 'notRegular' | 'tooLong') {
    super(key);
    this.why = clause(key);
  }
}

/** On systems that support them: does not follow links or block on a pipe. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const flags = (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK;

/** Opens a file of unknown origin for reading. Throws NotPlain for anything but a plain file, and system errors. */
export async function openPlain(path: string): Promise<FileHandle> {
  if (!(await lstat(path)).isFile()) throw new NotPlain('notRegular');
  const handle = await open(path, flags);
  try {
    // It may have been exchanged since.
    if ((await handle.stat()).isFile()) return handle;
    throw new NotPlain('notRegular');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The text of a plain file of limited size. Throws as `openPlain`. */
export async function readPlain(path: string, most: number): Promise<string> {
  const handle = await openPlain(path);
  try {
    const { size } = await handle.stat();
    if (size > most) throw new NotPlain('tooLong');
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
