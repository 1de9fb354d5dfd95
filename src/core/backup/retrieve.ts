import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { BackupContent } from './manifest.ts';
import { pageBytes } from './pack/format.ts';
import type { PageSource } from './store.ts';

/** Bytes that are written at once: pages by themselves would take many times as long. */
const stretch = 64 * pageBytes;
/** Bytes written between two waits for the disk: waiting for all at once would hold up who commits meanwhile. */
const syncEvery = 4 * 2 ** 20;

/** Writes a file piece by piece, in large stretches that reach the disk while the next ones are made ready. */
class Stretches {
  readonly hash = createHash('sha256');
  readonly #handle: FileHandle;
  #pieces: Buffer[] = [];
  #pending = 0;
  #unsynced = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async add(bytes: Buffer): Promise<void> {
    this.#pieces.push(bytes);
    this.#pending += bytes.length;
    if (this.#pending >= stretch) await this.#flush();
  }

  /** Begins to write what is there, after what was begun before. Throws what that one threw. */
  async #flush(): Promise<void> {
    const bytes = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pending = 0;
    this.hash.update(bytes);
    await this.#writing;
    this.#writing = this.#write(bytes);
    // It is awaited with the next one, or at the end.
    this.#writing.catch(() => undefined);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#unsynced += bytes.length;
    if (this.#unsynced < syncEvery) return;
    this.#unsynced = 0;
    await this.#handle.datasync();
  }

  /** Writes the rest and waits until all of it is on the disk. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#writing;
    await this.#handle.sync();
  }

  /** Waits until nothing is being written any more, whatever came of it. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }
}

/** The bytes of one file of a backup, in pieces of some pages, each page checked against its hash. Throws DamagedPack. */
export async function* contentBytes(
  { bytes, runs }: Pick<BackupContent, 'bytes' | 'runs'>,
  pages: PageSource,
): AsyncGenerator<Buffer, void, void> {
  let given = 0;
  for (const [pack, first, length] of runs) {
    for (let position = first; position < first + length;) {
      const found = await pages.pages(pack, position, first + length - position);
      position += found.length / pageBytes;
      // The last page was filled up with zeros.
      const piece = found.subarray(0, bytes - given);
      given += piece.length;
      yield piece;
    }
  }
}

/**
 * Writes what was stored into a new file at `target`, and waits until it is on the disk. Says whether it is what it was, by its SHA-256.
 * `step` is told how many bytes are done, and may throw to give up. Throws DamagedPack, and what the system throws, as ENOSPC.
 */
export async function retrieveFile(
  content: BackupContent,
  pages: PageSource,
  target: string,
  step: (bytes: number) => void,
): Promise<boolean> {
  const handle = await open(target, 'wx');
  const file = new Stretches(handle);
  let written = 0;
  try {
    for await (const piece of contentBytes(content, pages)) {
      await file.add(piece);
      written += piece.length;
      step(written);
    }
    await file.finish();
  } finally {
    await file.settle();
    await handle.close();
  }
  return written === content.bytes && file.hash.digest('hex') === content.sha256;
}
