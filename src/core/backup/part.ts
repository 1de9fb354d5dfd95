import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { readInto, writeAll } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnProgress } from '../kernel/workers/task.ts';
import type { BackupContent } from './manifest.ts';
import { DamagedPack, pageBytes } from './pack/format.ts';
import type { StoredPack } from './pack/writer.ts';
import { contentBytes } from './retrieve.ts';
import { PageSource } from './store.ts';

/** Bytes written between two waits for the disk: waiting for all at once would hold up who commits meanwhile. */
const syncEvery = 4 * 2 ** 20;
/** Bytes of a file that are read at once. */
const stretch = 2 ** 20;

/** Some pages of a file of a backup that follow each other. */
export interface PartInput {
  folder: string;
  packs: readonly StoredPack[];
  runs: BackupContent['runs'];
  /** How many bytes that is, and where they begin in the file at `target`, which is there. */
  bytes: number;
  at: number;
  target: string;
}

/** Splits a file of a backup into parts of as many pages each, but for the last. */
export function partsOf(
  { runs, bytes }: BackupContent,
  count: number,
): Pick<PartInput, 'runs' | 'bytes' | 'at'>[] {
  const each = Math.ceil(Math.ceil(bytes / pageBytes) / count);
  const parts: BackupContent['runs'][] = Array.from({ length: count }, () => []);
  let page = 0;
  for (const [pack, first, length] of runs) {
    for (let done = 0; done < length;) {
      const number = Math.min(count - 1, Math.floor(page / each));
      const room = number === count - 1 ? length - done : (number + 1) * each - page;
      const some = Math.min(length - done, room);
      parts[number]?.push([pack, first + done, some]);
      done += some;
      page += some;
    }
  }
  return parts.map((runs, number) => {
    const at = number * each * pageBytes;
    const pages = runs.reduce((sum, [, , length]) => sum + length, 0);
    return { runs, at, bytes: Math.max(0, Math.min(bytes - at, pages * pageBytes)) };
  });
}

/**
 * Writes pages of a backup into their place in a file that is there, and waits until they are on the disk. Tells how many bytes are done. Gives
 * what is wrong with a pack, or null. Throws what the system throws, as ENOSPC.
 */
async function writePages(input: PartInput, tell: OnProgress<number>): Promise<string | null> {
  const { folder, packs, target, at } = input;
  const pages = new PageSource(folder, packs);
  const handle = await open(target, 'r+');
  let [done, unsynced] = [0, 0];
  let syncing: Promise<unknown> = Promise.resolve();
  try {
    for await (const piece of contentBytes(input, pages)) {
      await writeAll(handle, piece, at + done);
      done += piece.length;
      unsynced += piece.length;
      tell(done);
      if (unsynced < syncEvery) continue;
      unsynced = 0;
      await syncing;
      syncing = handle.datasync();
      // It is awaited with the next one, or at the end.
      syncing.catch(() => undefined);
    }
    await syncing;
    await handle.sync();
    return null;
  } catch (error) {
    if (!(error instanceof DamagedPack)) throw error;
    return error.message;
  } finally {
    await syncing.catch(() => undefined);
    await pages.close();
    await handle.close();
  }
}

/** The SHA-256 of a file as hex, and how long it is, in bytes. */
async function digestFile({ path }: { path: string }): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const handle = await open(path, 'r');
  const room = Buffer.allocUnsafeSlow(stretch);
  let bytes = 0;
  try {
    for (;;) {
      const length = await readInto(handle, room, 0, room.length, bytes);
      if (length === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(room.subarray(0, length));
      bytes += length;
    }
  } finally {
    await handle.close();
  }
}

export const writePart = defineTask('writePart', writePages);
export const fileDigest = defineTask('fileDigest', digestFile);
