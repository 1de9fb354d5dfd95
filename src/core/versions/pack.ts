import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { readInto, writeAll } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnProgress } from '../kernel/workers/task.ts';
import { frameBytes, frameOf } from '../kernel/files/contents.ts';
import type { Content } from '../kernel/files/contents.ts';
import { formOf, headLength, headOf } from './manifest.ts';
import type { OpenManifest, VersionManifest } from './manifest.ts';

/*
 * A version file: the beginning of every `.frames` file with the manifest, then the database and the documents' files as one zstd stream,
 * then the SHA-256 of everything before.
 */

/** Bytes read, hashed and compressed at once. */
export const pieceBytes = 2 ** 20;
/** Bytes between two syncs to the disk: one large sync would delay others' commits. */
const syncEvery = 4 * 2 ** 20;
const fastest = {
  chunkSize: pieceBytes / 2,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** Writes a file from a position and syncs it along the way. */
export class SteadyWriter {
  readonly #handle: FileHandle;
  #at: number;
  #unsynced = 0;
  #syncing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, at = 0) {
    this.#handle = handle;
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  async write(bytes: Buffer): Promise<void> {
    await writeAll(this.#handle, bytes, this.#at);
    this.#at += bytes.length;
    this.#unsynced += bytes.length;
    if (this.#unsynced < syncEvery) return;
    this.#unsynced = 0;
    await this.#syncing;
    this.#syncing = this.#handle.datasync();
    // Awaited with the next one, or at the end.
    this.#syncing.catch(() => undefined);
  }

  async finish(): Promise<void> {
    await this.#syncing;
    await this.#handle.sync();
  }

  /** Waits until nothing uses the file any more; ignores errors. */
  async settle(): Promise<void> {
    await this.#syncing.catch(() => undefined);
  }
}

/** The bytes of a file from `from` up to `end`, in large pieces, each valid until the next but one. */
export async function* piecesOf(
  handle: FileHandle,
  from: number,
  end: number,
): AsyncGenerator<Buffer, void, void> {
  const rooms = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)];
  for (let at = from, turn = 0; at < end; turn = 1 - turn) {
    const room = rooms[turn] as Buffer;
    const length = await readInto(handle, room, 0, Math.min(pieceBytes, end - at), at);
    if (length === 0) return;
    at += length;
    yield room.subarray(0, length);
  }
}

/** Passes pieces through a zstd stream, reading ahead by one. */
export async function* pipeThrough(
  zstd: Transform,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, void> {
  // A stream that was ended early may never respond.
  const closed = new Promise<never>((_, reject) => {
    zstd.once('close', () => reject(new Error('the stream was ended early')));
  });
  closed.catch(() => undefined);
  const feed = async (): Promise<void> => {
    let last: Promise<void> = Promise.resolve();
    for await (const bytes of pieces) {
      await Promise.race([last, closed]);
      last = new Promise((resolve, reject) => {
        zstd.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      last.catch(() => undefined);
    }
    await Promise.race([last, closed]);
    zstd.end();
  };
  const feeding = feed().catch((error: unknown) => {
    zstd.destroy(error as Error);
    throw error;
  });
  // Its error is thrown where it is awaited.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of zstd as AsyncIterable<Buffer>) yield chunk;
    await feeding;
  } finally {
    zstd.destroy();
    await feeding.catch(() => undefined);
  }
}

export interface PackInput {
  image: string;
  /** A new file. */
  target: string;
  manifest: OpenManifest;
  /** Documents' files, as counted in the manifest. */
  contents: readonly Content[];
}

export interface PackStep {
  step: 'storing' | 'rereading';
  done: number;
  total: number;
}

export interface Packed {
  manifest: VersionManifest;
  /** Difference between the written and the read content, or null. */
  problem: string | null;
}

/**
 * Writes a database as a version file, reads it back and syncs it. Throws system errors such as ENOSPC; the caller then removes the file.
 */
export async function packVersion(
  { image, target, manifest: known, contents }: PackInput,
  onProgress: OnProgress<PackStep>,
): Promise<Packed> {
  const source = await open(image, 'r');
  try {
    const { size } = await source.stat();
    const start = headLength(known, size);
    const handle = await open(target, 'wx+');
    const writer = new SteadyWriter(handle, start);
    try {
      const whole = createHash('sha256');
      const packed = createHash('sha256');
      let bytes = 0;
      const total = contents.reduce((sum, content) => sum + frameBytes + content.bytes, size);
      let done = 0;
      async function* read(): AsyncGenerator<Buffer, void, void> {
        for await (const part of piecesOf(source, 0, size)) {
          whole.update(part);
          bytes += part.length;
          onProgress({ step: 'storing', done: (done += part.length), total });
          yield part;
        }
        for (const content of contents)
          for await (const part of framed(content)) {
            onProgress({ step: 'storing', done: (done += part.length), total });
            yield part;
          }
      }
      for await (const chunk of pipeThrough(createZstdCompress(fastest), read())) {
        packed.update(chunk);
        await writer.write(chunk);
      }
      const end = writer.position;
      const manifest: VersionManifest = {
        format: 'frames',
        version: formOf(known),
        ...known,
        bytes,
        sha256: whole.digest('hex'),
        stored_bytes: end - start,
      };
      const head = headOf(manifest);
      if (head.length !== start) throw new Error('the manifest has another length than was reserved');
      await writeAll(handle, head, 0);
      const expected = { head, packed: packed.digest('hex'), bytes: done };
      const { seal, problem } = await rereadVersion(handle, end, expected, onProgress);
      if (problem === null) await writer.write(seal);
      await writer.finish();
      return { manifest, problem };
    } finally {
      await writer.settle();
      await handle.close();
    }
  } finally {
    await source.close();
  }
}

/** A content with its header. Throws if the file has become shorter. */
async function* framed(content: Content): AsyncGenerator<Buffer, void, void> {
  yield frameOf(content);
  const handle = await open(content.path, 'r');
  try {
    let bytes = 0;
    for await (const part of piecesOf(handle, 0, content.bytes)) {
      bytes += part.length;
      yield part;
    }
    if (bytes !== content.bytes) throw new Error('The file of a document changed while it was backed up.');
  } finally {
    await handle.close();
  }
}

async function rereadVersion(
  handle: FileHandle,
  end: number,
  expected: { head: Buffer; packed: string; bytes: number },
  report: OnProgress<PackStep>,
): Promise<{ seal: Buffer; problem: string | null }> {
  const { head, packed, bytes } = expected;
  const seal = createHash('sha256');
  const found = Buffer.alloc(head.length);
  await readInto(handle, found, 0, head.length, 0);
  seal.update(found);
  const again = createHash('sha256');
  async function* read(): AsyncGenerator<Buffer, void, void> {
    for await (const part of piecesOf(handle, head.length, end)) {
      seal.update(part);
      again.update(part);
      yield part;
    }
  }
  let done = 0;
  try {
    for await (const chunk of pipeThrough(createZstdDecompress({ chunkSize: pieceBytes }), read())) {
      done += chunk.length;
      report({ step: 'rereading', done, total: bytes });
    }
  } catch (error) {
    if (!isOfZstd(error)) throw error;
    return { seal: seal.digest(), problem: 'what was compressed cannot be unpacked' };
  }
  const same = found.equals(head) && again.digest('hex') === packed && done === bytes;
  return { seal: seal.digest(), problem: same ? null : 'it reads otherwise than it was written' };
}

export const isOfZstd = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && (code.startsWith('ZSTD_') || code.startsWith('Z_'));
};

export const packVersionTask = defineTask('packVersion', packVersion);
