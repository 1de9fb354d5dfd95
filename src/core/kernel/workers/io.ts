import { readSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';

/** A worker thread may block. Synchronous calls are faster there: asynchronous ones cost turns of the loop and cache misses. */
export const isWorkerThread = !isMainThread;

/** Returns the bytes read, which may be fewer than `length`. */
export async function readInto(
  handle: FileHandle,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number,
): Promise<number> {
  if (isWorkerThread) return readSync(handle.fd, buffer, offset, length, position);
  return (await handle.read(buffer, offset, length, position)).bytesRead;
}

export async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const [length, place] = [bytes.length - from, position + from];
    from += isWorkerThread
      ? writeSync(handle.fd, bytes, from, length, place)
      : (await handle.write(bytes, from, length, place)).bytesWritten;
  }
}
