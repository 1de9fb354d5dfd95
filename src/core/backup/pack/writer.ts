import { createHash } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAll } from '../../kernel/workers/io.ts';
import { compress } from './compress.ts';
import { framePages, magic, pageBytes, writeFooter, writeIndex } from './format.ts';
import type { Frame } from './format.ts';

/** A pack as manifests name it. */
export interface StoredPack {
  sha256: string;
  bytes: number;
  pages: number;
}

/** Bytes written between two waits for the disk: waiting for all at once would hold up who commits meanwhile. */
const syncEvery = 4 * 2 ** 20;

export const packName = (sha256: string): string => `${sha256}.pack`;

/** Writes pages into one new pack under a temporary name; when it is ended, `namePack` calls it by its SHA-256. */
export class PackWriter {
  readonly #temporary: string;
  readonly #hash = createHash('sha256');
  readonly #frames: Frame[] = [];
  readonly #hashes: string[] = [];
  /** Pages that wait to be compressed together; the same room for all of them, because new room for each costs more than copying. */
  readonly #waiting = Buffer.allocUnsafeSlow(framePages * pageBytes);
  #handle: FileHandle | null = null;
  #pending = 0;
  #size = 0;
  #unsynced = 0;
  #syncing: Promise<void> = Promise.resolve();

  /** `temporary` is the path of a file that is not there yet, on the disk where packs are. */
  constructor(temporary: string) {
    this.#temporary = temporary;
  }

  /** How many pages it holds, which is the position of the next one. */
  get pages(): number {
    return this.#hashes.length;
  }

  /** Adds a copy of a page, and its `pageHash`. */
  async add(page: Buffer, hash: string): Promise<void> {
    this.#hashes.push(hash);
    page.copy(this.#waiting, this.#pending * pageBytes);
    this.#pending += 1;
    if (this.#pending === framePages) await this.#flush();
  }

  async #write(bytes: Buffer): Promise<void> {
    const handle = (this.#handle ??= await open(this.#temporary, 'wx'));
    this.#hash.update(bytes);
    await writeAll(handle, bytes, this.#size);
    this.#size += bytes.length;
    this.#unsynced += bytes.length;
    if (this.#unsynced < syncEvery) return;
    this.#unsynced = 0;
    await this.#syncing;
    this.#syncing = handle.datasync();
    // It is awaited with the next one, or at the end.
    this.#syncing.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    if (this.#pending === 0) return;
    if (this.#size === 0) await this.#write(magic);
    const frame = await compress(this.#waiting.subarray(0, this.#pending * pageBytes));
    this.#pending = 0;
    this.#frames.push({ offset: this.#size, bytes: frame.length });
    await this.#write(frame);
  }

  /** Ends the pack, which keeps its temporary name; null when no page was added. All of it is on the disk then. */
  async end(): Promise<StoredPack | null> {
    await this.#flush();
    if (!this.#handle) return null;
    const { pages } = this;
    const hashes = Buffer.from(this.#hashes.join(''), 'latin1');
    const index = await compress(writeIndex({ frames: this.#frames, pages, hashes }));
    const footer = writeFooter(this.#size, index);
    await this.#write(index);
    await this.#write(footer);
    await this.#syncing;
    await this.#handle.sync();
    await this.#close();
    return { sha256: this.#hash.digest('hex'), bytes: this.#size, pages };
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await this.#syncing.catch(() => undefined);
    await handle?.close();
  }

  /** Leaves nothing of a pack that has no name yet. */
  async abandon(): Promise<void> {
    await this.#close();
    await rm(this.#temporary, { force: true });
  }
}

/** Gives a pack that is ended its name. One that is there already by that name is the same. Returns its path, or null where it was there. */
export async function namePack(
  folder: string,
  temporary: string,
  { sha256 }: StoredPack,
): Promise<string | null> {
  const file = join(folder, packName(sha256));
  const isNew = (await lstat(file).catch(() => null)) === null;
  await rename(temporary, file);
  return isNew ? file : null;
}
