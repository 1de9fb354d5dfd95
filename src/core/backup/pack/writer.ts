import { createHash } from 'node:crypto';
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { compress } from './compress.ts';
import { footerBytes, framePages, magic, pageBytes, writeFooter, writeIndex } from './format.ts';
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

/** Writes pages into one new pack under a temporary name; when it is finished it is called by its SHA-256. */
export class PackWriter {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #hash = createHash('sha256');
  readonly #frames: Frame[] = [];
  readonly #hashes: string[] = [];
  /** Pages that wait to be compressed together; the same room for all of them, because new room for each costs more than copying. */
  readonly #waiting = Buffer.allocUnsafeSlow(framePages * pageBytes);
  #handle: FileHandle | null = null;
  #named: string | null = null;
  #pending = 0;
  #size = 0;
  #unsynced = 0;

  /** `folder` is there; `temporary` is the path of a file beside it or in it that is not there yet. */
  constructor(folder: string, temporary: string) {
    this.#folder = folder;
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
    this.#handle ??= await open(this.#temporary, 'wx');
    this.#hash.update(bytes);
    await this.#handle.writeFile(bytes);
    this.#size += bytes.length;
    this.#unsynced += bytes.length;
    if (this.#unsynced < syncEvery) return;
    this.#unsynced = 0;
    await this.#handle.datasync();
  }

  async #flush(): Promise<void> {
    if (this.#pending === 0) return;
    if (this.#size === 0) await this.#write(magic);
    const frame = await compress(this.#waiting.subarray(0, this.#pending * pageBytes));
    this.#pending = 0;
    this.#frames.push({ offset: this.#size, bytes: frame.length });
    await this.#write(frame);
  }

  /** Ends the pack and gives it its name; null when no page was added. One that is there already by that name is the same. */
  async finish(): Promise<StoredPack | null> {
    await this.#flush();
    if (!this.#handle) return null;
    const { pages } = this;
    const hashes = Buffer.from(this.#hashes.join(''), 'latin1');
    const index = await compress(writeIndex({ frames: this.#frames, pages, hashes }));
    const footer = writeFooter(this.#size, index);
    await this.#write(index);
    await this.#write(footer);
    await this.#handle.sync();
    await this.#close();
    const pack = { sha256: this.#hash.digest('hex'), bytes: this.#size, pages };
    const file = join(this.#folder, packName(pack.sha256));
    const isNew = (await lstat(file).catch(() => null)) === null;
    await rename(this.#temporary, file);
    if (isNew) this.#named = file;
    return pack;
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }

  /** Leaves nothing of a pack that no manifest names: of one that is not finished, or was not there before by its name. */
  async abandon(): Promise<void> {
    await this.#close();
    await rm(this.#temporary, { force: true });
    if (this.#named !== null) await rm(this.#named, { force: true });
  }
}

/** Whether the pack lies there in the size that it should have. */
export async function isThere(folder: string, { sha256, bytes }: StoredPack): Promise<boolean> {
  try {
    const { size } = await stat(join(folder, packName(sha256)));
    return size === bytes && size > footerBytes;
  } catch {
    return false;
  }
}
