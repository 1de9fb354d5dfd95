import { readSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { isMainThread } from 'node:worker_threads';

/** A worker thread is allowed to block. Synchronous calls are faster there: asynchronous ones cost turns of the loop and cache misses. */
export const isWorkerThread = !isMainThread;

/** Returns the bytes read, which can be fewer than `length`. */
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
  for (let offset = 0; offset < bytes.length;) {
    const [length, filePosition] = [bytes.length - offset, position + offset];
    offset += isWorkerThread
      ? writeSync(handle.fd, bytes, offset, length, filePosition)
      : (await handle.write(bytes, offset, length, filePosition)).bytesWritten;
  }
}

/** Bytes read at once by `readPieces`. */
export const pieceBytes = 2 ** 20;

/** The bytes of a file from `from` up to `end`, in large pieces, each valid until the next but one. */
export async function* readPieces(
  handle: FileHandle,
  from: number,
  end: number,
): AsyncGenerator<Buffer, void, void> {
  const bytes = Math.min(pieceBytes, Math.max(0, end - from));
  const buffers = [Buffer.allocUnsafeSlow(bytes), Buffer.allocUnsafeSlow(bytes)];
  for (let offset = from, bufferIndex = 0; offset < end; bufferIndex = 1 - bufferIndex) {
    const buffer = buffers[bufferIndex] as Buffer;
    const length = await readInto(handle, buffer, 0, Math.min(bytes, end - offset), offset);
    if (length === 0) return;
    offset += length;
    yield buffer.subarray(0, length);
  }
}
