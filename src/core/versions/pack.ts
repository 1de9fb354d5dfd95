import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { createFile, openFile } from '#files/open-file.ts';
import { readInto, writeAll } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnTaskProgress } from '../kernel/workers/task.ts';
import { frameHeaderBytes, frameHeaderOf } from '../kernel/files/contents.ts';
import type { Content } from '../kernel/files/contents.ts';
import { formatVersionOf, beginningLength, encodeBeginning } from './manifest.ts';
import type { ManifestDraft, VersionManifest } from './manifest.ts';

/*
 * A version file begins like every `.frames` file, with the manifest. The database and the documents' files follow as one zstd stream,
 * then the SHA-256 of everything before.
 */

/** Bytes read, hashed and compressed at once. */
export const pieceBytes = 2 ** 20;
/** Bytes between two flushes to the disk: one large flush would delay others' commits. */
const bytesPerFlush = 4 * 2 ** 20;
const fastestZstd = {
  chunkSize: pieceBytes / 2,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** Writes a file from a position and flushes it to the disk repeatedly. */
export class FlushingWriter {
  readonly #handle: FileHandle;
  #position: number;
  #unflushed = 0;
  #pendingFlush: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, position = 0) {
    this.#handle = handle;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  async write(bytes: Buffer): Promise<void> {
    await writeAll(this.#handle, bytes, this.#position);
    this.#position += bytes.length;
    this.#unflushed += bytes.length;
    if (this.#unflushed < bytesPerFlush) return;
    this.#unflushed = 0;
    await this.#pendingFlush;
    this.#pendingFlush = this.#handle.datasync();
    // Awaited before the next flush, or at the end.
    this.#pendingFlush.catch(() => undefined);
  }

  async finish(): Promise<void> {
    await this.#pendingFlush;
    await this.#handle.sync();
  }

  /** Waits until nothing uses the file any more; ignores errors. */
  async waitForFlush(): Promise<void> {
    await this.#pendingFlush.catch(() => undefined);
  }
}

/** The bytes of a file from `from` up to `end`, in large pieces, each valid until the next but one. */
export async function* readPieces(
  handle: FileHandle,
  from: number,
  end: number,
): AsyncGenerator<Buffer, void, void> {
  const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)];
  for (let offset = from, bufferIndex = 0; offset < end; bufferIndex = 1 - bufferIndex) {
    const buffer = buffers[bufferIndex] as Buffer;
    const length = await readInto(handle, buffer, 0, Math.min(pieceBytes, end - offset), offset);
    if (length === 0) return;
    offset += length;
    yield buffer.subarray(0, length);
  }
}

/** Passes pieces through a zstd stream, reading ahead by one. */
export async function* pipeThrough(
  zstd: Transform,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, void> {
  // A stream that was ended early possibly never responds.
  const rejectOnClose = new Promise<never>((_, reject) => {
    zstd.once('close', () => reject(new Error('the stream was ended early')));
  });
  rejectOnClose.catch(() => undefined);
  const feed = async (): Promise<void> => {
    let lastWrite: Promise<void> = Promise.resolve();
    for await (const bytes of pieces) {
      await Promise.race([lastWrite, rejectOnClose]);
      lastWrite = new Promise((resolve, reject) => {
        zstd.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      lastWrite.catch(() => undefined);
    }
    await Promise.race([lastWrite, rejectOnClose]);
    zstd.end();
  };
  const feedRun = feed().catch((error: unknown) => {
    zstd.destroy(error as Error);
    throw error;
  });
  // Awaiting `feedRun` below throws its error; this only prevents an unhandled rejection.
  feedRun.catch(() => undefined);
  try {
    for await (const chunk of zstd as AsyncIterable<Buffer>) yield chunk;
    await feedRun;
  } finally {
    zstd.destroy();
    await feedRun.catch(() => undefined);
  }
}

export interface PackInput {
  database: string;
  /** A new file. */
  target: string;
  manifest: ManifestDraft;
  /** Documents' files, as counted in the manifest. */
  contents: readonly Content[];
}

export interface PackStep {
  step: 'storing' | 'rereading';
  done: number;
  total: number;
}

export interface PackResult {
  manifest: VersionManifest;
  /** Difference between the written and the read content, or null. */
  problem: string | null;
}

/** Writes a database as a version file, reads it back and syncs it. Throws system errors such as ENOSPC; the caller then removes the file. */
export async function packVersion(
  { database, target, manifest: draft, contents }: PackInput,
  onProgress: OnTaskProgress<PackStep>,
): Promise<PackResult> {
  await using source = await openFile(database);
  const { size } = await source.stat();
  const start = beginningLength(draft, size);
  const handle = await createFile(target);
  const writer = new FlushingWriter(handle, start);
  try {
    const databaseHash = createHash('sha256');
    const packedHash = createHash('sha256');
    let bytes = 0;
    const total = contents.reduce((sum, content) => sum + frameHeaderBytes + content.bytes, size);
    let done = 0;
    async function* pieces(): AsyncGenerator<Buffer, void, void> {
      for await (const part of readPieces(source, 0, size)) {
        databaseHash.update(part);
        bytes += part.length;
        onProgress({ step: 'storing', done: (done += part.length), total });
        yield part;
      }
      for (const content of contents)
        for await (const part of framedContent(content)) {
          onProgress({ step: 'storing', done: (done += part.length), total });
          yield part;
        }
    }
    for await (const chunk of pipeThrough(createZstdCompress(fastestZstd), pieces())) {
      packedHash.update(chunk);
      await writer.write(chunk);
    }
    const end = writer.position;
    const manifest: VersionManifest = {
      format: 'frames',
      version: formatVersionOf(draft),
      ...draft,
      bytes,
      sha256: databaseHash.digest('hex'),
      stored_bytes: end - start,
    };
    const head = encodeBeginning(manifest);
    if (head.length !== start) throw new Error('the manifest has another length than was reserved');
    await writeAll(handle, head, 0);
    const expected = { head, packed: packedHash.digest('hex'), bytes: done };
    const { seal, problem } = await rereadVersion(handle, end, expected, onProgress);
    if (problem === null) await writer.write(seal);
    await writer.finish();
    return { manifest, problem };
  } finally {
    await writer.waitForFlush();
    await handle.close();
  }
}

/** A content with its header. Throws if the file has become shorter. */
async function* framedContent(content: Content): AsyncGenerator<Buffer, void, void> {
  yield frameHeaderOf(content);
  await using handle = await openFile(content.path);
  let bytes = 0;
  for await (const part of readPieces(handle, 0, content.bytes)) {
    bytes += part.length;
    yield part;
  }
  if (bytes !== content.bytes) throw new Error('The file of a document changed while it was backed up.');
}

async function rereadVersion(
  handle: FileHandle,
  end: number,
  expected: { head: Buffer; packed: string; bytes: number },
  onProgress: OnTaskProgress<PackStep>,
): Promise<{ seal: Buffer; problem: string | null }> {
  const { head, packed, bytes } = expected;
  const seal = createHash('sha256');
  const beginning = Buffer.alloc(head.length);
  await readInto(handle, beginning, 0, head.length, 0);
  seal.update(beginning);
  const rereadHash = createHash('sha256');
  async function* packedPieces(): AsyncGenerator<Buffer, void, void> {
    for await (const part of readPieces(handle, head.length, end)) {
      seal.update(part);
      rereadHash.update(part);
      yield part;
    }
  }
  let done = 0;
  try {
    for await (const chunk of pipeThrough(createZstdDecompress({ chunkSize: pieceBytes }), packedPieces())) {
      done += chunk.length;
      onProgress({ step: 'rereading', done, total: bytes });
    }
  } catch (error) {
    if (!isZstdError(error)) throw error;
    return { seal: seal.digest(), problem: 'the compressed data cannot be unpacked' };
  }
  const isSame = beginning.equals(head) && rereadHash.digest('hex') === packed && done === bytes;
  return { seal: seal.digest(), problem: isSame ? null : 'the data read back differs from the data written' };
}

export const isZstdError = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && (code.startsWith('ZSTD_') || code.startsWith('Z_'));
};

export const packVersionTask = defineTask('packVersion', packVersion);
