import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { schemaVersion } from '../../db/migrate.ts';
import {
  beginsAsPackage,
  cut,
  damaged,
  preambleBytes,
  printable,
  readKind,
  readPreamble,
} from '../../files/package.ts';
import { refusal } from '../../files/refusal.ts';
import type { Feed } from './feed.ts';
import { backupFileManifest, sealBytes } from './form.ts';
import type { BackupFileManifest } from './form.ts';

/** Bytes inflated at once. */
const piece = 256 * 1024;
/** Bytes written between two waits for the disk: waiting for all at once would hold up who commits meanwhile. */
const syncEvery = 4 * 2 ** 20;

/**
 * What a `.frames` file says of the backup in it. Nothing else of the file has been read by then. Throws BAD_FILE with reason not_frames,
 * truncated, damaged, newer_format or other_kind.
 */
export async function readFileManifest(feed: Feed, name: string): Promise<BackupFileManifest> {
  const preamble = await feed.take(preambleBytes);
  if (!beginsAsPackage(preamble))
    throw refusal('not_frames', `${name} is no FRAMES file, or its beginning is damaged.`);
  if (preamble.length < preambleBytes) throw cut(name);
  const { length, check } = readPreamble(preamble, name);
  const text = await feed.take(length);
  if (text.length < length) throw cut(name);
  check(text);
  const { kind, value } = readKind(text, name);
  if (kind === 'records')
    throw refusal('other_kind', `${name} holds records, not a backup: they are imported.`);
  if (kind !== 'backup') throw refusal('other_kind', `${name} holds a ${printable(kind)}, not a backup.`);
  const manifest = backupFileManifest.safeParse(value);
  if (!manifest.success) throw damaged(name, 'its manifest cannot be read');
  const { schema_version } = manifest.data;
  if (schema_version <= schemaVersion) return manifest.data;
  throw refusal(
    'newer_format',
    `${name} is of a newer FRAMES (schema ${schema_version}; this one reads up to ${schemaVersion}). Update FRAMES to read it.`,
  );
}

/**
 * Writes what follows the manifest to these new files, one for each of its contents, and checks each, and the whole file to its last byte.
 * Never more is written than the manifest says. `step` is told how many bytes are done, and may throw to give up. Throws BAD_FILE with
 * reason truncated or damaged, and what the system throws.
 */
export async function unpackTo(
  targets: readonly string[],
  feed: Feed,
  { contents }: BackupFileManifest,
  name: string,
  step: (bytes: number) => void,
): Promise<void> {
  const split = new Split(targets, contents);
  const zstd = createZstdDecompress({ chunkSize: piece });
  const feeding = pipeline(Readable.from(feed.allBut(sealBytes)), zstd);
  // What it fails with is thrown where it is awaited.
  feeding.catch(() => undefined);
  let done = 0;
  try {
    for await (const bytes of zstd as AsyncIterable<Buffer>) {
      if (!(await split.add(bytes))) throw damaged(name, 'it holds more than it says');
      step((done += bytes.length));
    }
    await split.end();
    await feeding;
  } catch (error) {
    if (!isOfZstd(error)) throw error;
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') throw cut(name);
    throw damaged(name, 'its content cannot be unpacked');
  } finally {
    zstd.destroy();
    await feeding.catch(() => undefined);
    await split.close();
  }
  const seal = feed.rest();
  if (seal.length < sealBytes) throw cut(name);
  if (!feed.hash.digest().equals(seal)) throw damaged(name, 'it is not what was written');
  if (!split.whole) throw damaged(name, 'its content is not what was written');
}

const isOfZstd = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && (code.startsWith('ZSTD_') || code.startsWith('Z_'));
};

type Content = BackupFileManifest['contents'][number];

/** Divides a stream of bytes among files of known lengths. */
class Split {
  readonly #targets: readonly string[];
  readonly #contents: readonly Content[];
  #next = 0;
  #open: { handle: FileHandle; left: number; hash: Hash; unsynced: number; sha256: string } | null = null;
  whole = true;

  constructor(targets: readonly string[], contents: readonly Content[]) {
    this.#targets = targets;
    this.#contents = contents;
  }

  /** Writes bytes where they belong; false when there are more than all files take. */
  async add(bytes: Buffer): Promise<boolean> {
    for (let at = 0; at < bytes.length;) {
      const file = await this.#file();
      if (!file) return false;
      const part = bytes.subarray(at, at + file.left);
      at += part.length;
      file.left -= part.length;
      file.hash.update(part);
      await file.handle.writeFile(part);
      file.unsynced += part.length;
      if (file.unsynced < syncEvery) continue;
      file.unsynced = 0;
      await file.handle.datasync();
    }
    return true;
  }

  /** The file that the next byte belongs to; null when there is none. */
  async #file() {
    for (;;) {
      if (this.#open && this.#open.left > 0) return this.#open;
      await this.#finish();
      const [content, target] = [this.#contents[this.#next], this.#targets[this.#next]];
      if (!content || target === undefined) return null;
      this.#next += 1;
      const handle = await open(target, 'wx');
      const { bytes: left, sha256 } = content;
      this.#open = { handle, left, hash: createHash('sha256'), unsynced: 0, sha256 };
    }
  }

  async #finish(): Promise<void> {
    const file = this.#open;
    if (!file) return;
    if (file.left > 0 || file.hash.digest('hex') !== file.sha256) this.whole = false;
    await file.handle.sync();
    await this.close();
  }

  /** Ends the last file, and makes those that hold nothing. */
  async end(): Promise<void> {
    while (!(this.#open && this.#open.left > 0) && this.#next < this.#contents.length) await this.#file();
    if (this.#next < this.#contents.length) this.whole = false;
    await this.#finish();
  }

  async close(): Promise<void> {
    const file = this.#open;
    this.#open = null;
    await file?.handle.close();
  }
}
