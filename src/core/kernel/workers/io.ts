import { readSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';

/**
 * Whether nobody waits for this thread, so that what takes long is better done in one go than handed to yet another thread: that costs turns
 * of the loop, and memory that no processor has at hand.
 */
export const isWorkerThread = !isMainThread;

/** Reads up to `length` bytes from `position` of a file into `room`. Returns how many there were. */
export async function readInto(
  handle: FileHandle,
  room: Buffer,
  offset: number,
  length: number,
  position: number,
): Promise<number> {
  if (isWorkerThread) return readSync(handle.fd, room, offset, length, position);
  return (await handle.read(room, offset, length, position)).bytesRead;
}

/** Writes all of `bytes` at `position` of a file. */
export async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const [length, place] = [bytes.length - from, position + from];
    from += isWorkerThread
      ? writeSync(handle.fd, bytes, from, length, place)
      : (await handle.write(bytes, from, length, place)).bytesWritten;
  }
}
