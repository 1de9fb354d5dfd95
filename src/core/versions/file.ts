import { NotRegularFile, createFile, openFile } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { createZstdDecompress } from 'node:zlib';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { pieceBytes, readInto, readPieces } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnTaskProgress } from '../kernel/workers/task.ts';
import { ContentReader } from '../kernel/files/content-stream.ts';
import type { ContentTarget } from '../kernel/files/content-stream.ts';
import type { ContentState } from '../kernel/files/contents.ts';
import {
  anyManifest,
  hasPackageMagic,
  maxManifestBytes,
  packageMagic,
  packageVersion,
  preambleBytes,
} from '../kernel/files/package.ts';
import { BadVersion, parseManifest, versionKinds } from './manifest.ts';
import type { VersionManifest } from './manifest.ts';
import { FlushingWriter, isZstdError, pipeThrough } from './pack.ts';

/** Bytes of the SHA-256 at the end of a version file. */
const sealBytes = 32;

/** Runs a read. Throws BadVersion if the system refuses or the file is not a regular one. */
async function withReadErrors<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof NotRegularFile)
      throw new BadVersion('foreign', clause('notRegular'), { cause: error });
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new BadVersion('missing', clause('missingFile'), { cause: error });
    if (['EACCES', 'EPERM', 'EIO', 'ELOOP', 'EISDIR', 'ENXIO'].includes(String(code)))
      throw new BadVersion('unreadable', clause('systemSays', { code: code ?? '' }), { cause: error });
    throw error;
  }
}

interface VersionHead {
  manifest: VersionManifest;
  start: number;
}

/** Reads the manifest at the beginning of a version file, and the offset where its content starts. Throws BadVersion. */
async function readVersionHead(handle: FileHandle): Promise<VersionHead> {
  const preamble = Buffer.alloc(preambleBytes);
  const { size } = await withReadErrors(() => handle.stat());
  const bytesRead = await withReadErrors(() => readInto(handle, preamble, 0, preambleBytes, 0));
  if (!hasPackageMagic(preamble.subarray(0, bytesRead))) throw new BadVersion('foreign', clause('noStart'));
  if (bytesRead < preambleBytes) throw tooShortError();
  const length = preamble.readUInt32BE(packageMagic.length);
  if (length > maxManifestBytes) throw new BadVersion('damaged', clause('manifest'));
  const start = preambleBytes + length;
  if (size < start) throw tooShortError();
  const text = Buffer.alloc(length);
  await withReadErrors(() => readInto(handle, text, 0, length, preambleBytes));
  const expectedHash = preamble.subarray(packageMagic.length + 4);
  if (!createHash('sha256').update(text).digest().equals(expectedHash))
    throw new BadVersion('damaged', clause('manifestChanged'));
  const manifest = parseVersion(text);
  const end = start + manifest.stored_bytes + sealBytes;
  if (size < end) throw tooShortError();
  if (size > end) throw new BadVersion('damaged', clause('contentAdded'));
  return { manifest, start };
}

const tooShortError = (): BadVersion => new BadVersion('truncated', clause('endsEarly'));

function parseVersion(text: Buffer): VersionManifest {
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch {
    throw new BadVersion('damaged', clause('manifest'));
  }
  const anyVersion = anyManifest.safeParse(value);
  if (!anyVersion.success) throw new BadVersion('damaged', clause('manifest'));
  const { version, kind } = anyVersion.data;
  if (version > packageVersion) throw new BadVersion('newer', clause('format', { version }));
  if (!versionKinds.includes(kind))
    throw new BadVersion(
      'foreign',
      clause(kind === 'records' ? 'holdsRecords' : 'holds', { kind: kind.replaceAll(/[^\w-]/g, '?') }),
    );
  const manifest = parseManifest(value);
  if (!manifest) throw new BadVersion('damaged', clause('manifest'));
  if (manifest.schema_version > schemaVersion)
    throw new BadVersion('newer', clause('schema', { version: manifest.schema_version }));
  return manifest;
}

/** The manifest of a version file, read from its beginning; also checks the length. Throws BadVersion. */
export async function readManifest(file: string): Promise<VersionManifest> {
  await using handle = await withReadErrors(() => openFile(file, { refuseLinks: true }));
  return (await readVersionHead(handle)).manifest;
}

/** The bytes of a version file; the last ones only after the seal is verified. Throws BadVersion. */
export async function* versionBytes(file: string): AsyncGenerator<Buffer, void, void> {
  await using handle = await withReadErrors(() => openFile(file, { refuseLinks: true }));
  const { manifest, start } = await readVersionHead(handle);
  const end = start + manifest.stored_bytes;
  const hash = createHash('sha256');
  for await (const part of readPieces(handle, 0, end)) {
    hash.update(part);
    yield part;
  }
  const seal = Buffer.alloc(sealBytes);
  await withReadErrors(() => readInto(handle, seal, 0, sealBytes, end));
  if (!hash.digest().equals(seal)) throw new BadVersion('damaged', clause('sealed'));
  yield seal;
}

/** Copies a version file to the new file `target`, syncs it and verifies every byte. Throws BadVersion. */
export async function copyVersion(
  file: string,
  target: string,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const output = await createFile(target);
  const writer = new FlushingWriter(output);
  try {
    for await (const bytes of versionBytes(file)) {
      await writer.write(bytes);
      onProgress(writer.position);
    }
    await writer.finish();
  } finally {
    await writer.waitForFlush();
    await output.close();
  }
}

export interface UnpackInput {
  file: string;
  target: string;
  manifest: VersionManifest;
  /** Where to store files of documents; without it they are only checked. */
  contents?: ContentTarget | undefined;
}

export interface Unpacked {
  problem: Sentence | null;
  /** The state of each file of a document in the version. */
  states: ReadonlyMap<string, ContentState>;
}

/**
 * Writes the database of a version file to `target` and verifies every byte, writing no more than the manifest states. Reports bytes done.
 * Throws system errors of `target`, such as ENOSPC.
 */
export async function unpackVersion(
  { file, target, manifest: expected, contents }: UnpackInput,
  onProgress: OnTaskProgress<number>,
): Promise<Unpacked> {
  const output = await createFile(target);
  const writer = new FlushingWriter(output);
  const databaseHash = createHash('sha256');
  const documents = new ContentReader(contents ?? null);
  try {
    await using input = await withReadErrors(() => openFile(file, { refuseLinks: true }));
    const { manifest, start } = await readVersionHead(input);
    if (!isDeepStrictEqual(manifest, expected)) throw new BadVersion('damaged', clause('manifestChanged'));
    const end = start + manifest.stored_bytes;
    const fileHash = createHash('sha256');
    for await (const part of readPieces(input, 0, start)) fileHash.update(part);
    async function* compressedPieces(): AsyncGenerator<Buffer, void, void> {
      for await (const part of readPieces(input, start, end)) {
        fileHash.update(part);
        yield part;
      }
    }
    for await (const chunk of pipeThrough(
      createZstdDecompress({ chunkSize: pieceBytes }),
      compressedPieces(),
    )) {
      const databaseBytes = chunk.subarray(0, manifest.bytes - writer.position);
      if (databaseBytes.length > 0) {
        databaseHash.update(databaseBytes);
        await writer.write(databaseBytes);
      }
      const documentBytes = chunk.subarray(databaseBytes.length);
      if (documentBytes.length > 0 && !manifest.documents) throw tooLongError();
      await documents.write(documentBytes);
      if (documents.bytes > (manifest.documents?.bytes ?? 0)) throw tooLongError();
      onProgress(writer.position + documents.bytes);
    }
    const seal = Buffer.alloc(sealBytes);
    await withReadErrors(() => readInto(input, seal, 0, sealBytes, end));
    if (!fileHash.digest().equals(seal)) throw new BadVersion('damaged', clause('sealed'));
    if (
      writer.position !== manifest.bytes ||
      databaseHash.digest('hex') !== manifest.sha256 ||
      !hasAllDocuments(documents, manifest)
    )
      throw new BadVersion('damaged', clause('content'));
    await writer.finish();
    return { problem: null, states: documents.states };
  } catch (error) {
    const problem = problemOfRead(error);
    if (problem === null) throw error;
    return { problem, states: documents.states };
  } finally {
    await documents.close();
    await writer.waitForFlush();
    await output.close();
  }
}

/** The problem of a version's file; null for another error. */
function problemOfRead(error: unknown): Sentence | null {
  if (error instanceof BadVersion) return error.why;
  if (isZstdError(error)) return clause('contentPacked');
  return (error as NodeJS.ErrnoException).code === 'EIO' ? clause('systemSays', { code: 'EIO' }) : null;
}

/**
 * Stores those of the requested contents that a version file holds intact; a content has its own hash, so the rest of the file is not checked.
 * Throws BadVersion, CANCELLED, and system errors of the store.
 */
export async function takeContents(
  file: string,
  target: ContentTarget,
  onProgress: OnTaskProgress<number>,
): Promise<void> {
  const documents = new ContentReader(target);
  let done = 0;
  try {
    await using input = await withReadErrors(() => openFile(file, { refuseLinks: true }));
    const { manifest, start } = await readVersionHead(input);
    const packed = readPieces(input, start, start + manifest.stored_bytes);
    for await (const chunk of pipeThrough(createZstdDecompress({ chunkSize: pieceBytes }), packed)) {
      const databaseBytes = Math.min(chunk.length, Math.max(0, manifest.bytes - done));
      done += chunk.length;
      await documents.write(chunk.subarray(databaseBytes));
      onProgress(done);
    }
  } catch (error) {
    const problem = problemOfRead(error);
    throw problem === null ? error : new BadVersion('damaged', problem, { cause: error });
  } finally {
    await documents.close();
  }
}

function hasAllDocuments(
  reader: ContentReader,
  { documents = { count: 0, bytes: 0 } }: VersionManifest,
): boolean {
  return reader.isComplete && reader.count === documents.count && reader.bytes === documents.bytes;
}

const tooLongError = (): BadVersion => new BadVersion('damaged', clause('holdsMore'));

export const unpackVersionTask = defineTask('unpackVersion', unpackVersion);
