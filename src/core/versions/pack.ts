import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { createFile, openFile } from '#files/open-file.ts';
import type { DamagedDocument } from '#shared/contract/documents.ts';
import { pieceBytes, readInto, readPieces, writeAll } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnTaskProgress } from '../kernel/workers/task.ts';
import { frameHeaderBytes, frameHeaderOf } from '../kernel/files/content-stream.ts';
import { BadContent, readContent } from '../kernel/files/contents.ts';
import type { Content, ContentFiles, ContentState } from '../kernel/files/contents.ts';
import { checkDocuments } from '../log/audit/verify-documents.ts';
import type { NamedContent } from '../log/audit/verify-documents.ts';
import { formatVersionOf, beginningLength, encodeBeginning } from './manifest.ts';
import type { ManifestDraft, VersionManifest } from './manifest.ts';

/*
 * A version file begins like every `.frames` file, with the manifest. The database and the documents' files follow as one zstd stream,
 * then the SHA-256 of everything before.
 */

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
  documents: PackedDocuments;
}

/** Documents' files, as counted in the manifest, and the documents of the database that name files. */
export interface PackedDocuments extends ContentFiles {
  contents: readonly Content[];
  named: readonly NamedContent[];
}

export interface PackStep {
  step: 'storing' | 'rereading';
  done: number;
  total: number;
}

export interface PackResult {
  manifest: VersionManifest;
  /** Documents whose file is not in the version, or not as it was attached. */
  damaged: DamagedDocument[];
  /** Difference between the written and the read content, or null. */
  problem: string | null;
}

/** Writes a database as a version file, reads it back and syncs it. Throws system errors such as ENOSPC; the caller then removes the file. */
export async function packVersion(
  { database, target, manifest: draft, documents }: PackInput,
  onProgress: OnTaskProgress<PackStep>,
): Promise<PackResult> {
  await using source = await openFile(database);
  const { size } = await source.stat();
  const { contents, named } = documents;
  const start = beginningLength(draft, size, contents.length + named.length);
  const handle = await createFile(target);
  const writer = new FlushingWriter(handle, start);
  try {
    const databaseHash = createHash('sha256');
    const packedHash = createHash('sha256');
    let bytes = 0;
    const states = new Map<string, ContentState>();
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
        for await (const part of framedContent(documents, content, states)) {
          onProgress({ step: 'storing', done: (done += part.length), total });
          yield part;
        }
    }
    for await (const chunk of pipeThrough(createZstdCompress(fastestZstd), pieces())) {
      packedHash.update(chunk);
      await writer.write(chunk);
    }
    const end = writer.position;
    const { damaged } = checkDocuments({ named, joined: false }, states);
    const manifest: VersionManifest = {
      format: 'frames',
      version: formatVersionOf(draft),
      ...draft,
      ...(damaged.length > 0 && { damaged_documents: damaged.length }),
      bytes,
      sha256: databaseHash.digest('hex'),
      stored_bytes: end - start,
    };
    const head = encodeBeginning(manifest, start);
    await writeAll(handle, head, 0);
    const expected = { head, packed: packedHash.digest('hex'), bytes: done };
    const { seal, problem } = await rereadVersion(handle, end, expected, onProgress);
    if (problem === null) await writer.write(seal);
    await writer.finish();
    return { manifest, damaged, problem };
  } finally {
    await writer.waitForFlush();
    await handle.close();
  }
}

const zeros = Buffer.alloc(pieceBytes);

/** A content with its header; adds its state to `states`. A wrong one keeps its length, so that a reader finds its hash different. */
async function* framedContent(
  files: ContentFiles,
  content: Content,
  states: Map<string, ContentState>,
): AsyncGenerator<Buffer, void, void> {
  const { sha256, bytes } = content;
  yield frameHeaderOf(content);
  let bytesLeft = bytes;
  let state: ContentState = 'intact';
  try {
    for await (const piece of readContent(files, sha256)) {
      if (piece.length > bytesLeft) throw new BadContent(sha256, 'different');
      bytesLeft -= piece.length;
      yield piece;
    }
    if (bytesLeft > 0) state = 'different';
  } catch (error) {
    if (!(error instanceof BadContent)) throw error;
    state = error.code;
  }
  states.set(sha256, state);
  for (; bytesLeft > 0; bytesLeft -= Math.min(bytesLeft, pieceBytes)) yield zeros.subarray(0, bytesLeft);
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
