import { createHash, randomUUID } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFile } from '#files/open-file.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { fsyncFolder } from '../fsync.ts';

/* Files by SHA-256, `documents/ab/abcd…`. Each is renamed into place after fsync, so it is complete. */

export type ContentFiles = Pick<WorkspaceFiles, 'documents'>;

export interface Content {
  sha256: string;
  path: string;
  bytes: number;
}

export const contentPath = ({ documents }: ContentFiles, sha256: string): string =>
  join(documents, sha256.slice(0, 2), sha256);

export const hasContent = (files: ContentFiles, sha256: string): boolean =>
  existsSync(contentPath(files, sha256));

const isContentName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

export async function listContents(files: ContentFiles): Promise<Content[]> {
  const contents: Content[] = [];
  for (const folder of (await namesIn(files.documents)).toSorted())
    for (const sha256 of (await namesIn(join(files.documents, folder))).filter(isContentName).toSorted()) {
      const path = join(files.documents, folder, sha256);
      contents.push({ sha256, path, bytes: (await stat(path)).size });
    }
  return contents;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

/** Age from which a temporary file has no writer any more. */
const staleAfterMs = 24 * 3_600_000;

/** Removes temporary files older than a day, left by crashes. Returns their number. Skips files that cannot be removed. */
export async function removeStaleParts({ documents }: ContentFiles, now: number): Promise<number> {
  let removedCount = 0;
  for (const name of await namesIn(documents)) {
    if (!/^\..+\.part$/.test(name)) continue;
    const path = join(documents, name);
    try {
      if (now - (await stat(path)).mtimeMs < staleAfterMs) continue;
      await rm(path);
      removedCount += 1;
    } catch {
      // Another process removed the file or has it open.
    }
  }
  return removedCount;
}

/** Moves a complete, fsynced file to its path in the store. */
export async function moveIntoStore(
  files: ContentFiles,
  temporaryPath: string,
  sha256: string,
): Promise<void> {
  const target = contentPath(files, sha256);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  await rename(temporaryPath, target);
  await fsyncFolder(folder);
  await fsyncFolder(files.documents);
}

/* A stream of contents is a sequence of frames: the hash, the length in eight bytes, and the content. */

export const frameHeaderBytes = 40;

export function frameHeaderOf({ sha256, bytes }: Content): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  header.write(sha256, 'hex');
  header.writeBigUInt64BE(BigInt(bytes), 32);
  return header;
}

/** Reads contents from a stream and stores the missing ones; without `files` it only verifies them. */
export class ContentReader {
  count = 0;
  bytes = 0;
  /** Hashes whose content does not match. That content was corrupt before it was written to the stream, and is not stored. */
  readonly damagedHashes: string[] = [];
  readonly #files: ContentFiles | null;
  #header = Buffer.alloc(0);
  #current: {
    sha256: string;
    bytesLeft: number;
    hash: Hash;
    file: { handle: FileHandle; path: string } | null;
  } | null = null;

  constructor(files: ContentFiles | null) {
    this.#files = files;
  }

  get isComplete(): boolean {
    return this.#current === null && this.#header.length === 0;
  }

  async write(chunk: Buffer): Promise<void> {
    for (let remaining = chunk; remaining.length > 0;) {
      if (this.#current === null) {
        const missingBytes = frameHeaderBytes - this.#header.length;
        this.#header = Buffer.concat([this.#header, remaining.subarray(0, missingBytes)]);
        remaining = remaining.subarray(missingBytes);
        if (this.#header.length === frameHeaderBytes) await this.#beginContent();
        continue;
      }
      const piece = remaining.subarray(0, this.#current.bytesLeft);
      remaining = remaining.subarray(piece.length);
      this.#current.hash.update(piece);
      await this.#current.file?.handle.write(piece);
      this.#current.bytesLeft -= piece.length;
      this.bytes += piece.length;
      if (this.#current.bytesLeft === 0) await this.#endContent();
    }
  }

  /** Closes and removes the unfinished file of an interrupted stream. */
  async close(): Promise<void> {
    const file = this.#current?.file;
    this.#current = null;
    if (!file) return;
    await file.handle.close();
    await rm(file.path, { force: true });
  }

  async #beginContent(): Promise<void> {
    const sha256 = this.#header.toString('hex', 0, 32);
    const bytesLeft = Number(this.#header.readBigUInt64BE(32));
    this.#header = Buffer.alloc(0);
    this.#current = { sha256, bytesLeft, hash: createHash('sha256'), file: await this.#openPart(sha256) };
    if (bytesLeft === 0) await this.#endContent();
  }

  async #openPart(sha256: string): Promise<{ handle: FileHandle; path: string } | null> {
    if (this.#files === null || hasContent(this.#files, sha256)) return null;
    const path = join(this.#files.documents, `.${randomUUID()}.part`);
    await mkdir(this.#files.documents, { recursive: true });
    return { handle: await createFile(path), path };
  }

  async #endContent(): Promise<void> {
    if (this.#current === null) return;
    const { sha256, hash, file } = this.#current;
    this.count += 1;
    const isIntact = hash.digest('hex') === sha256;
    if (!isIntact) this.damagedHashes.push(sha256);
    if (file !== null) {
      await file.handle.sync();
      await file.handle.close();
      if (isIntact && this.#files) await moveIntoStore(this.#files, file.path, sha256);
      else await rm(file.path, { force: true });
    }
    this.#current = null;
  }
}
