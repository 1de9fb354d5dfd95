import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readInto } from '../../kernel/workers/io.ts';
import { NotPlain, openPlain } from '../plain-file.ts';
import { decompress } from './compress.ts';
import {
  DamagedPack,
  footerBytes,
  framePages,
  hashBytes,
  indexBytes,
  magic,
  pageBytes,
  pageHash,
  pagesOf,
  readFooter,
  readIndex,
  sha256,
} from './format.ts';
import type { PackIndex } from './format.ts';
import { packName } from './writer.ts';
import type { StoredPack } from './writer.ts';

/** Frames that are kept decompressed: pages that follow each other mostly lie in one. */
const keptFrames = 8;
/** Bytes read at once where all of a pack is read. */
const stretch = 2 ** 20;

/** Reads the pages of one pack. Whatever it reads is checked against the pack's index; throws DamagedPack where it differs. */
export class PackReader {
  readonly #handle: FileHandle;
  readonly #pack: StoredPack;
  readonly index: PackIndex;
  readonly #kept = new Map<number, Promise<Buffer>>();

  private constructor(handle: FileHandle, pack: StoredPack, index: PackIndex) {
    this.#handle = handle;
    this.#pack = pack;
    this.index = index;
  }

  /**
   * Opens a pack and reads its index. Throws DamagedPack, also where it is missing, of another size, no plain file, or one that the system
   * does not give out.
   */
  static open(folder: string, pack: StoredPack): Promise<PackReader> {
    return PackReader.openFile(join(folder, packName(pack.sha256)), pack);
  }

  /** As `open`, of a pack that has no name yet. */
  static async openFile(path: string, pack: StoredPack): Promise<PackReader> {
    const handle = await reading(() => openPlain(path));
    try {
      const { size } = await reading(() => handle.stat());
      if (size !== pack.bytes) throw new DamagedPack('it is of another size than it was');
      const footer = readFooter(await readAt(handle, size - footerBytes, footerBytes), size, pack.pages);
      const compressed = await readAt(handle, footer.offset, footer.bytes);
      if (!sha256(compressed).equals(footer.hash)) throw new DamagedPack('its index was changed');
      const index = readIndex(await decompress(compressed, indexBytes(pack.pages)), footer.offset);
      if (index.pages !== pack.pages) throw new DamagedPack('it has another number of pages than it had');
      return new PackReader(handle, pack, index);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** What `pageHash` makes of the page there. */
  hashOf(position: number): string {
    return this.index.hashes.toString('latin1', position * hashBytes, (position + 1) * hashBytes);
  }

  #frame(number: number): Promise<Buffer> {
    const known = this.#kept.get(number);
    if (known) return known;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= keptFrames) this.#kept.delete(oldest);
    const reading = this.#read(number);
    // Who waits for it is told; one that was read ahead may be wanted by nobody.
    reading.catch(() => undefined);
    this.#kept.set(number, reading);
    return reading;
  }

  async #read(number: number): Promise<Buffer> {
    const frame = this.index.frames[number];
    if (!frame) throw new DamagedPack('it has no such page');
    const bytes = pagesOf(this.index, number) * pageBytes;
    const pages = await decompress(await readAt(this.#handle, frame.offset, frame.bytes), bytes);
    if (pages.length !== bytes) throw new DamagedPack('pages of it are missing');
    return pages;
  }

  /**
   * Pages that follow each other from `position` on, each checked against its hash: as many of the `count` that are wanted as are stored
   * together, at least one. What comes after them is read ahead.
   */
  async pages(position: number, count: number): Promise<Buffer> {
    const number = Math.floor(position / framePages);
    const end = Math.min(position + count, this.index.pages);
    const last = Math.min(end, (number + 1) * framePages);
    if (last <= position) throw new DamagedPack('it has no such page');
    const reading = this.#frame(number);
    if (last < end) void this.#frame(number + 1).catch(() => undefined);
    const first = number * framePages;
    const frame = await reading;
    const found = frame.subarray((position - first) * pageBytes, (last - first) * pageBytes);
    for (let at = position; at < last; at += 1) {
      const page = frame.subarray((at - first) * pageBytes, (at - first + 1) * pageBytes);
      if (pageHash(page) !== this.hashOf(at)) throw new DamagedPack('a page of it was changed');
    }
    return found;
  }

  /**
   * Whether the file is byte for byte the one that was written, by its SHA-256. `step` is told how many bytes are done, and may throw to
   * give up. Throws DamagedPack where it differs.
   */
  async checkBytes(step: (bytes: number) => void = () => {}): Promise<void> {
    const hash = createHash('sha256');
    const { bytes, sha256: expected } = this.#pack;
    const room = Buffer.allocUnsafe(Math.min(stretch, bytes));
    for (let at = 0; at < bytes; at += stretch) {
      hash.update(await readAt(this.#handle, at, Math.min(stretch, bytes - at), room));
      step(Math.min(bytes, at + stretch));
    }
    if (hash.digest('hex') !== expected) throw new DamagedPack('its bytes are not those that were written');
  }

  /** Reads all that was stored once more: its SHA-256, and every page against its hash. `step` as above. */
  async check(step: (bytes: number) => void = () => {}): Promise<void> {
    await this.checkBytes(step);
    if (!(await readAt(this.#handle, 0, magic.length)).equals(magic))
      throw new DamagedPack('it does not begin as a pack does');
    for (let position = 0; position < this.index.pages; position += framePages) {
      await this.pages(position, this.index.pages - position);
      step(this.#pack.bytes);
    }
  }

  /** Closes the file, once what is being read ahead is read. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#kept.values());
    await this.#handle.close();
  }
}

/** Reads so many bytes, into `room` where that is given. Throws DamagedPack where there are fewer. */
async function readAt(handle: FileHandle, offset: number, length: number, room?: Buffer): Promise<Buffer> {
  if (offset < 0) throw new DamagedPack('it is too short for a pack');
  const bytes = room ? room.subarray(0, length) : Buffer.allocUnsafe(length);
  if ((await reading(() => readInto(handle, bytes, 0, length, offset))) !== length)
    throw new DamagedPack('it is cut off');
  return bytes;
}

/** What a pack cannot be read for is wrong with the pack: a disk that has bad places says EIO. Throws DamagedPack. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof NotPlain) throw new DamagedPack(error.message, { cause: error });
    if (code === 'ENOENT') throw new DamagedPack('it is missing', { cause: error });
    throw new DamagedPack(`it cannot be read (${code})`, { cause: error });
  }
}
