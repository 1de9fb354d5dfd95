import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { readInto } from '../kernel/workers/io.ts';
import type { BackupContent } from './manifest.ts';
import { pageBytes, pageHash } from './pack/format.ts';
import { PackReader } from './pack/reader.ts';
import type { PackWriter, StoredPack } from './pack/writer.ts';

/** Bytes of a file that are read at once. */
const stretch = 64 * pageBytes;
/** Pages of an index after which others get their turn: some milliseconds. */
const manyPages = 1024;

/** Where a page lies: in which pack of a backup's list, at which position. */
type Place = readonly [pack: number, position: number];

/** The pages that earlier packs hold, by their SHA-256. */
export class KnownPages {
  readonly packs: StoredPack[] = [];
  readonly #places = new Map<string, Place>();

  /**
   * Adds what a pack holds, once all of its bytes are known to be those that were written: nothing is ever built upon a rotten one.
   * `step` is told how many bytes are looked at, and may throw to give up. Throws DamagedPack; then nothing of it is added.
   */
  async add(folder: string, pack: StoredPack, step: (bytes: number) => void = () => {}): Promise<void> {
    const reader = await PackReader.open(folder, pack);
    try {
      await reader.checkBytes(step);
      const number = this.packs.push(pack) - 1;
      for (let position = 0; position < pack.pages; position += 1) {
        this.#places.set(reader.hashOf(position), [number, position]);
        if (position % manyPages === manyPages - 1) await breathe();
      }
    } finally {
      await reader.close();
    }
  }

  find(hash: string): Place | undefined {
    return this.#places.get(hash);
  }

  /** Notes a page of the pack that is being written, whose number is the one after those that are there. */
  note(hash: string, position: number): Place {
    const place = [this.packs.length, position] as const;
    this.#places.set(hash, place);
    return place;
  }
}

interface Storing {
  known: KnownPages;
  writer: PackWriter;
  /** Told how many bytes are done, of how many; may throw to give up. */
  step: (bytes: number, total: number) => void;
}

/** Stores a closed file page by page; what is known already is not written again. The last page is filled up with zeros. */
export async function storeFile(
  path: string,
  name: string,
  { known, writer, step }: Storing,
): Promise<BackupContent> {
  const whole = createHash('sha256');
  const runs: BackupContent['runs'] = [];
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  let bytes = 0;
  // The same room for every stretch: new room for each costs more than all the rest.
  const block = Buffer.allocUnsafeSlow(stretch);
  try {
    for (;;) {
      const length = await fill(block, handle, bytes);
      if (length === 0) break;
      block.fill(0, length);
      whole.update(block.subarray(0, length));
      bytes += length;
      for (let at = 0; at < length; at += pageBytes) {
        const page = block.subarray(at, at + pageBytes);
        const hash = pageHash(page);
        let place = known.find(hash);
        if (!place) {
          place = known.note(hash, writer.pages);
          await writer.add(page, hash);
        }
        extend(runs, place);
      }
      step(bytes, size);
      if (length < stretch) break;
    }
  } finally {
    await handle.close();
  }
  return { name, bytes, sha256: whole.digest('hex'), runs };
}

/** Reads as much as goes into `block`, and says how much that was: less at the end of the file only. */
async function fill(block: Buffer, handle: FileHandle, from: number): Promise<number> {
  let length = 0;
  while (length < block.length) {
    const read = await readInto(handle, block, length, block.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Adds a page to runs: to the last one where it follows that. */
function extend(runs: BackupContent['runs'], [pack, position]: Place): void {
  const last = runs.at(-1);
  if (last?.[0] === pack && last[1] + last[2] === position) last[2] += 1;
  else runs.push([pack, position, 1]);
}

/** Reads pages of several packs, each opened when it is first asked for. */
export class PageSource {
  readonly folder: string;
  readonly packs: readonly StoredPack[];
  readonly #readers = new Map<number, Promise<PackReader>>();

  constructor(folder: string, packs: readonly StoredPack[]) {
    this.folder = folder;
    this.packs = packs;
  }

  /** Pages that follow each other in a pack, checked: at least one of the `count` that are wanted. Throws DamagedPack. */
  async pages(pack: number, position: number, count: number): Promise<Buffer> {
    let reader = this.#readers.get(pack);
    if (!reader) {
      reader = PackReader.open(this.folder, this.packs[pack] as StoredPack);
      this.#readers.set(pack, reader);
    }
    return (await reader).pages(position, count);
  }

  async close(): Promise<void> {
    for (const reader of await Promise.allSettled(this.#readers.values()))
      if (reader.status === 'fulfilled') await reader.value.close();
  }
}
