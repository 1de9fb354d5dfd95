import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from '../progress.ts';
import { largestFile, fileRefusal, tooLargeFault } from './refusal.ts';

/** The signature of a `.frames` file. The first byte is invalid in text encodings; the line feed reveals newline conversion. */
export const packageMagic = Buffer.from([0x89, 0x46, 0x52, 0x41, 0x4d, 0x45, 0x53, 0x0a]);

/** The newest format version that this program reads. Only versions with documents use it; all other files use version 1. */
export const packageVersion = 2;

/** Our manifests have about 700 bytes. */
export const maxManifestBytes = 64 * 1024;

/** The magic, four bytes of manifest length, and its SHA-256 in 32 bytes. The manifest follows. */
export const preambleBytes = packageMagic.length + 4 + 32;

/** The fields that all format versions share, enough to name the version and kind. */
export const anyManifest = z.looseObject({
  format: z.literal('frames'),
  version: z.int().positive(),
  kind: z.string().min(1).max(40),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const recordsManifest = anyManifest.extend({
  version: z.literal(1),
  kind: z.literal('records'),
  app: z.object({ name: z.string().max(100), version: z.string().max(100) }),
  schema_version: z.int().nonnegative(),
  created_at: z.iso.datetime(),
  counts: z.record(z.string(), z.int().nonnegative()),
  content: z.object({
    media: z.literal('frames-json'),
    compression: z.literal('zstd'),
    /** Length in bytes and SHA-256 of the uncompressed text. */
    bytes: z.int().positive(),
    sha256,
    /** Length in bytes of the compressed content, which ends at the end of the file. */
    stored_bytes: z.int().positive(),
  }),
});
export type RecordsManifest = z.infer<typeof recordsManifest>;

export function hasPackageMagic(bytes: Buffer): boolean {
  return bytes.length >= packageMagic.length && bytes.subarray(0, packageMagic.length).equals(packageMagic);
}

/** The manifest fields that packing does not compute itself. */
export type PackageFacts = Pick<RecordsManifest, 'app' | 'schema_version' | 'created_at' | 'counts'>;

const emptyPiece = Buffer.alloc(0);

/** Packs a text into a `.frames` file, in memory, because the manifest with its hash comes first. Yields empty pieces in between. */
export async function* packRecords(
  pieces: Iterable<string | Uint8Array>,
  facts: PackageFacts,
): AsyncGenerator<Buffer, void, void> {
  const zstd = createZstdCompress();
  const compressed: Buffer[] = [];
  zstd.on('data', (chunk: Buffer) => compressed.push(chunk));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const raw = typeof piece === 'string' ? Buffer.from(piece) : piece;
      bytes += raw.length;
      hash.update(raw);
      if (!zstd.write(raw)) await once(zstd, 'drain');
      yield emptyPiece;
    }
    const endEvent = once(zstd, 'end');
    zstd.end();
    await endEvent;
  } finally {
    zstd.destroy();
  }
  const stored_bytes = compressed.reduce((sum, chunk) => sum + chunk.length, 0);
  yield encodeManifest({
    format: 'frames',
    version: 1,
    kind: 'records',
    ...facts,
    content: {
      media: 'frames-json',
      compression: 'zstd',
      bytes,
      sha256: hash.digest('hex'),
      stored_bytes,
    },
  });
  yield* compressed;
}

export function encodeManifest(manifest: RecordsManifest): Buffer {
  return withPreamble(Buffer.from(JSON.stringify(recordsManifest.parse(manifest))));
}

export function withPreamble(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([packageMagic, length, createHash('sha256').update(text).digest(), text]);
}

export interface UnpackedFile {
  manifest: RecordsManifest;
  content: Buffer;
}

export interface UnpackOptions {
  /** Maximum uncompressed bytes. A larger file is refused before inflating. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Bytes inflated and hashed before yielding to the event loop. */
const inflateChunkBytes = 256 * 1024;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Unpacks a `.frames` file. Checks signature, version, kind, lengths and hashes before and after inflating, so the result equals the packed
 * bytes. Yields to the event loop after every `inflateChunkBytes`. Throws BAD_FILE (`not_frames`, `truncated`, `damaged`, `newer_format`,
 * `other_kind` or `too_large`) and CANCELLED.
 */
export async function unpackFile(
  file: Buffer,
  name: string,
  options: UnpackOptions = {},
): Promise<UnpackedFile> {
  const { limit = largestFile, signal } = options;
  if (!hasPackageMagic(file)) {
    throw fileRefusal('not_frames', { file: name });
  }
  const { text, end } = readManifest(file, name);
  const manifest = checkManifest(text, name);
  const compressed = file.subarray(end);
  const { bytes, sha256, stored_bytes } = manifest.content;
  if (compressed.length < stored_bytes) throw truncatedFault(name);
  if (compressed.length > stored_bytes) throw damagedPackageFault(name, clause('contentAdded'));
  if (bytes > limit) {
    throw tooLargeFault(name, bytes, limit);
  }
  const content = await inflate(compressed, bytes, name, signal);
  if (content?.sha256 !== sha256) throw damagedPackageFault(name, clause('content'));
  return { manifest, content: content.text };
}

function readManifest(file: Buffer, name: string): { text: Buffer; end: number } {
  if (file.length < preambleBytes) throw truncatedFault(name);
  const { length, check } = readPreamble(file, name);
  const end = preambleBytes + length;
  if (file.length < end) throw truncatedFault(name);
  const text = file.subarray(preambleBytes, end);
  check(text);
  return { text, end };
}

/** Returns the manifest's length in bytes, and a check of its text against the hash in the preamble. Both throw BAD_FILE (`damaged`). */
export function readPreamble(
  preamble: Buffer,
  name: string,
): { length: number; check: (text: Buffer) => void } {
  const length = preamble.readUInt32BE(packageMagic.length);
  if (length > maxManifestBytes) throw damagedPackageFault(name, clause('manifest'));
  const expected = preamble.toString('hex', packageMagic.length + 4, preambleBytes);
  const check = (text: Buffer): void => {
    if (hashOf(text) !== expected) throw damagedPackageFault(name, clause('manifestChanged'));
  };
  return { length, check };
}

/** Reads the kind and version first, because a newer or other file is not corrupt. Throws BAD_FILE (`damaged` or `newer_format`). */
export function readKind(text: Buffer, name: string): { kind: string; value: unknown } {
  const value = parseJson(text);
  const baseManifest = anyManifest.safeParse(value);
  if (!baseManifest.success) throw damagedPackageFault(name, clause('manifest'));
  const { version, kind } = baseManifest.data;
  const newest = kind === 'records' ? 1 : packageVersion;
  if (version > newest) {
    throw fileRefusal('newer_format', { file: name, why: clause('versions', { version, newest }) });
  }
  return { kind, value };
}

function checkManifest(text: Buffer, name: string): RecordsManifest {
  const { kind, value } = readKind(text, name);
  if (kind !== 'records') {
    throw fileRefusal('other_kind', { file: name, why: clause('holds', { kind: printableKind(kind) }) });
  }
  const manifest = recordsManifest.safeParse(value);
  if (!manifest.success) throw damagedPackageFault(name, clause('manifest'));
  return manifest.data;
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Inflates the content; null if its length differs from the manifest. Never uses more memory than the manifest's length. */
async function inflate(
  compressed: Buffer,
  bytes: number,
  name: string,
  signal: AbortSignal | undefined,
): Promise<{ text: Buffer; sha256: string } | null> {
  const zstd = createZstdDecompress({ chunkSize: inflateChunkBytes });
  const text = Buffer.allocUnsafe(bytes);
  const hash = createHash('sha256');
  let length = 0;
  zstd.end(compressed);
  try {
    for await (const chunk of zstd as AsyncIterable<Buffer>) {
      checkCancelled(signal);
      if (length + chunk.length > bytes) return null;
      chunk.copy(text, length);
      hash.update(chunk);
      length += chunk.length;
    }
  } catch (error) {
    if (isFault(error)) throw error;
    throw damagedPackageFault(name, clause('contentPacked'));
  }
  return length === bytes ? { text, sha256: hash.digest('hex') } : null;
}

export const printableKind = (kind: string): string => kind.replaceAll(/[^\w-]/g, '?');

export const truncatedFault = (name: string) => fileRefusal('truncated', { file: name });

export const damagedPackageFault = (file: string, why: Sentence) => fileRefusal('damaged', { file, why });
