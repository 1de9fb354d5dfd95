import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { createZstdDecompress } from 'node:zlib';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { readInto } from '../kernel/workers/io.ts';
import { defineTask } from '../kernel/workers/task.ts';
import type { OnProgress } from '../kernel/workers/task.ts';
import { ContentReader } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import {
  anyManifest,
  beginsAsPackage,
  longestManifest,
  packageMagic,
  packageVersion,
  preambleBytes,
} from '../kernel/files/package.ts';
import { BadVersion, parseManifest, versionKinds } from './manifest.ts';
import type { VersionManifest } from './manifest.ts';
import { isOfZstd, pieceBytes, piecesOf, SteadyWriter, pipeThrough } from './pack.ts';
import { NotPlain, openPlain } from './plain-file.ts';

/** Bytes of the SHA-256 at the end of a version file. */
const sealBytes = 32;

/** Throws BadVersion if the system refuses, or it is no plain file. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof NotPlain) throw new BadVersion('foreign', error.why, { cause: error });
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new BadVersion('missing', clause('missingFile'), { cause: error });
    if (['EACCES', 'EPERM', 'EIO', 'ELOOP', 'EISDIR', 'ENXIO'].includes(String(code)))
      throw new BadVersion('unreadable', clause('systemSays', { code: code ?? '' }), { cause: error });
    throw error;
  }
}

interface Head {
  manifest: VersionManifest;
  start: number;
}

/** The description in the beginning of any file. Throws BadVersion. */
async function headIn(handle: FileHandle): Promise<Head> {
  const preamble = Buffer.alloc(preambleBytes);
  const { size } = await reading(() => handle.stat());
  const got = await reading(() => readInto(handle, preamble, 0, preambleBytes, 0));
  if (!beginsAsPackage(preamble.subarray(0, got))) throw new BadVersion('foreign', clause('noStart'));
  if (got < preambleBytes) throw tooShort();
  const length = preamble.readUInt32BE(packageMagic.length);
  if (length > longestManifest) throw new BadVersion('damaged', clause('manifest'));
  const start = preambleBytes + length;
  if (size < start) throw tooShort();
  const text = Buffer.alloc(length);
  await reading(() => readInto(handle, text, 0, length, preambleBytes));
  const expected = preamble.subarray(packageMagic.length + 4);
  if (!createHash('sha256').update(text).digest().equals(expected))
    throw new BadVersion('damaged', clause('manifestChanged'));
  const manifest = understood(text);
  const end = start + manifest.stored_bytes + sealBytes;
  if (size < end) throw tooShort();
  if (size > end) throw new BadVersion('damaged', clause('contentAdded'));
  return { manifest, start };
}

const tooShort = (): BadVersion => new BadVersion('truncated', clause('endsEarly'));

function understood(text: Buffer): VersionManifest {
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch {
    throw new BadVersion('damaged', clause('manifest'));
  }
  const any = anyManifest.safeParse(value);
  if (!any.success) throw new BadVersion('damaged', clause('manifest'));
  const { version, kind } = any.data;
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
  const handle = await reading(() => openPlain(file));
  try {
    return (await headIn(handle)).manifest;
  } finally {
    await handle.close();
  }
}

/** The bytes of a version file; the last ones only after the seal is verified. Throws BadVersion. */
export async function* versionBytes(file: string): AsyncGenerator<Buffer, void, void> {
  const handle = await reading(() => openPlain(file));
  try {
    const { manifest, start } = await headIn(handle);
    const end = start + manifest.stored_bytes;
    const hash = createHash('sha256');
    for await (const part of piecesOf(handle, 0, end)) {
      hash.update(part);
      yield part;
    }
    const seal = Buffer.alloc(sealBytes);
    await reading(() => readInto(handle, seal, 0, sealBytes, end));
    if (!hash.digest().equals(seal)) throw new BadVersion('damaged', clause('sealed'));
    yield seal;
  } finally {
    await handle.close();
  }
}

/** Copies a version file to the new file `target`, syncs it and verifies every byte. Throws BadVersion. */
export async function copyVersion(
  file: string,
  target: string,
  step: (done: number) => void = () => {},
): Promise<void> {
  const output = await open(target, 'wx');
  const writer = new SteadyWriter(output);
  try {
    for await (const bytes of versionBytes(file)) {
      await writer.write(bytes);
      step(writer.position);
    }
    await writer.finish();
  } finally {
    await writer.settle();
    await output.close();
  }
}

export interface UnpackInput {
  file: string;
  target: string;
  manifest: VersionManifest;
  /** Folder for new files of documents; without it they are only checked. */
  contents?: ContentFiles | undefined;
}

/**
 * Writes the database of a version file to `target` and verifies every byte, writing no more than the manifest states. Reports bytes done.
 * Returns the problem, or null. Throws system errors of `target`, such as ENOSPC.
 */
export async function unpackVersion(
  { file, target, manifest: expected, contents }: UnpackInput,
  onProgress: OnProgress<number>,
): Promise<Sentence | null> {
  const output = await open(target, 'wx');
  const writer = new SteadyWriter(output);
  const hash = createHash('sha256');
  const documents = new ContentReader(contents ?? null);
  try {
    const input = await reading(() => openPlain(file));
    try {
      const { manifest, start } = await headIn(input);
      if (!isDeepStrictEqual(manifest, expected)) throw new BadVersion('damaged', clause('manifestChanged'));
      const end = start + manifest.stored_bytes;
      const whole = createHash('sha256');
      for await (const part of piecesOf(input, 0, start)) whole.update(part);
      async function* read(): AsyncGenerator<Buffer, void, void> {
        for await (const part of piecesOf(input, start, end)) {
          whole.update(part);
          yield part;
        }
      }
      for await (const chunk of pipeThrough(createZstdDecompress({ chunkSize: pieceBytes }), read())) {
        const own = chunk.subarray(0, manifest.bytes - writer.position);
        if (own.length > 0) {
          hash.update(own);
          await writer.write(own);
        }
        const rest = chunk.subarray(own.length);
        if (rest.length > 0 && !manifest.documents) throw tooLong();
        await documents.write(rest);
        if (documents.bytes > (manifest.documents?.bytes ?? 0)) throw tooLong();
        onProgress(writer.position + documents.bytes);
      }
      const seal = Buffer.alloc(sealBytes);
      await reading(() => readInto(input, seal, 0, sealBytes, end));
      if (!whole.digest().equals(seal)) throw new BadVersion('damaged', clause('sealed'));
      if (
        writer.position !== manifest.bytes ||
        hash.digest('hex') !== manifest.sha256 ||
        !isAll(documents, manifest)
      )
        throw new BadVersion('damaged', clause('content'));
      await writer.finish();
      return null;
    } finally {
      await input.close();
    }
  } catch (error) {
    if (error instanceof BadVersion) return error.why;
    if (isOfZstd(error)) return clause('contentPacked');
    if ((error as NodeJS.ErrnoException).code === 'EIO') return clause('systemSays', { code: 'EIO' });
    throw error;
  } finally {
    await documents.close();
    await writer.settle();
    await output.close();
  }
}

function isAll(read: ContentReader, { documents = { count: 0, bytes: 0 } }: VersionManifest): boolean {
  return read.isComplete && read.count === documents.count && read.bytes === documents.bytes;
}

const tooLong = (): BadVersion => new BadVersion('damaged', clause('holdsMore'));

export const unpackVersionTask = defineTask('unpackVersion', unpackVersion);
