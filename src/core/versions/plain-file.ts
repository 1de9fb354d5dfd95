import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Not a plain file (a folder, link, device or pipe), or too long. */
export class NotPlainFile extends Error {
  readonly why: Sentence;

  constructor(key: 'notRegular' | 'tooLong') {
    super(key);
    this.why = clause(key);
  }
}

/** On systems that support them: does not follow links or block on a pipe. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const flags = (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK;

/** Opens a file of unknown origin for reading. Throws NotPlainFile for anything but a plain file, and system errors. */
export async function openPlainFile(path: string): Promise<FileHandle> {
  if (!(await lstat(path)).isFile()) throw new NotPlainFile('notRegular');
  const handle = await open(path, flags);
  try {
    // Another process can have exchanged the file since.
    if ((await handle.stat()).isFile()) return handle;
    throw new NotPlainFile('notRegular');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The text of a plain file of limited size. Throws like `openPlainFile`. */
export async function readPlainFile(path: string, maxBytes: number): Promise<string> {
  await using handle = await openPlainFile(path);
  const { size } = await handle.stat();
  if (size > maxBytes) throw new NotPlainFile('tooLong');
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.toString('utf8', 0, length);
}
