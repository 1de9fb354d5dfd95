import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from '../progress.ts';
import { largestFile, megabytes, refusal } from './refusal.ts';

/** What every `.frames` file begins with. The first byte is no text in any encoding, the line feed is lost by careless copying. */
export const magic = Buffer.from([0x89, 0x46, 0x52, 0x41, 0x4d, 0x45, 0x53, 0x0a]);

/** The newest form of the file that this program reads. Only a version with documents is written in it; everything else in the first form. */
export const packageVersion = 2;

/** The longest manifest in bytes. One that this program writes has some 700. */
export const longestManifest = 64 * 1024;

/** The magic, four bytes for the length of the manifest, and the 32 of its SHA-256: then the manifest itself. */
export const preambleBytes = magic.length + 4 + 32;

/** What a newer form of the file has in common with this one: enough to say what it is. */
export const anyManifest = z.looseObject({
  format: z.literal('frames'),
  version: z.int().positive(),
  kind: z.string().min(1).max(40),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The manifest of a file of records. */
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
    /** Of the text: its length in bytes and its SHA-256. */
    bytes: z.int().positive(),
    sha256,
    /** Of what lies in the file: its length in bytes, to the end of the file. */
    stored_bytes: z.int().positive(),
  }),
});
export type RecordsManifest = z.infer<typeof recordsManifest>;

/** Whether these are the first bytes of a `.frames` file. */
export function beginsAsPackage(bytes: Buffer): boolean {
  return bytes.length >= magic.length && bytes.subarray(0, magic.length).equals(magic);
}

/** What the manifest says beside what packing finds out by itself. */
export type PackageFacts = Pick<RecordsManifest, 'app' | 'schema_version' | 'created_at' | 'counts'>;

const nothing = Buffer.alloc(0);

/**
 * The bytes of a `.frames` file around a text that comes in pieces. The manifest stands first and tells of what follows, so the text
 * is compressed into memory before anything is given out: an empty piece is yielded for each piece of text, to pause at.
 */
export async function* packed(
  pieces: Iterable<string | Uint8Array>,
  facts: PackageFacts,
): AsyncGenerator<Buffer, void, void> {
  const zstd = createZstdCompress();
  const stored: Buffer[] = [];
  zstd.on('data', (chunk: Buffer) => stored.push(chunk));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const raw = typeof piece === 'string' ? Buffer.from(piece) : piece;
      bytes += raw.length;
      hash.update(raw);
      if (!zstd.write(raw)) await once(zstd, 'drain');
      yield nothing;
    }
    const ended = once(zstd, 'end');
    zstd.end();
    await ended;
  } finally {
    zstd.destroy();
  }
  const stored_bytes = stored.reduce((sum, chunk) => sum + chunk.length, 0);
  yield headOf({
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
  yield* stored;
}

/** Magic, length and hash of the manifest, and the manifest itself. */
export function headOf(manifest: RecordsManifest): Buffer {
  return sealed(Buffer.from(JSON.stringify(recordsManifest.parse(manifest))));
}

/** Any manifest text behind the bytes that announce it. */
export function sealed(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([magic, length, createHash('sha256').update(text).digest(), text]);
}

export interface Unpacked {
  manifest: RecordsManifest;
  content: Buffer;
}

export interface UnpackOptions {
  /** The longest text in bytes; a longer one is refused before any of it is inflated. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Bytes inflated and hashed between two pauses. */
const inflatedPiece = 256 * 1024;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Takes a `.frames` file apart: its beginning, version, kind, lengths and hashes are checked before and after inflating, so that
 * what is handed on is to the byte what was packed. Others have their turn after every inflatedPiece. Throws BAD_FILE with reason
 * not_frames, truncated, damaged, newer_format, other_kind or too_large, and CANCELLED.
 */
export async function unpack(file: Buffer, name: string, options: UnpackOptions = {}): Promise<Unpacked> {
  const { limit = largestFile, signal } = options;
  if (!beginsAsPackage(file)) {
    throw refusal('not_frames', `${name} is not a FRAMES file, or its header is corrupt.`);
  }
  const { text, end } = readManifest(file, name);
  const manifest = checkManifest(text, name);
  const stored = file.subarray(end);
  const { bytes, sha256, stored_bytes } = manifest.content;
  if (stored.length < stored_bytes) throw cut(name);
  if (stored.length > stored_bytes) throw damaged(name, 'something was added at its end');
  if (bytes > limit) {
    throw refusal(
      'too_large',
      `${name} holds ${megabytes(bytes)} of records; files of up to ${megabytes(limit)} can be read.`,
    );
  }
  const content = await inflate(stored, bytes, name, signal);
  if (content?.sha256 !== sha256) throw damaged(name, 'its content is not what was written');
  return { manifest, content: content.text };
}

function readManifest(file: Buffer, name: string): { text: Buffer; end: number } {
  if (file.length < preambleBytes) throw cut(name);
  const { length, check } = readPreamble(file, name);
  const end = preambleBytes + length;
  if (file.length < end) throw cut(name);
  const text = file.subarray(preambleBytes, end);
  check(text);
  return { text, end };
}

/**
 * What stands before the manifest: its length in bytes, which is small, and its hash. Throws BAD_FILE, reason damaged; so does `check` for
 * the text of another manifest.
 */
export function readPreamble(
  preamble: Buffer,
  name: string,
): { length: number; check: (text: Buffer) => void } {
  const length = preamble.readUInt32BE(magic.length);
  if (length > longestManifest) throw damaged(name, 'its manifest cannot be read');
  const expected = preamble.toString('hex', magic.length + 4, preambleBytes);
  const check = (text: Buffer): void => {
    if (hashOf(text) !== expected) throw damaged(name, 'its manifest is not what was written');
  };
  return { length, check };
}

/**
 * What any kind of the file says of itself. That comes first: one of a newer program or of another kind is not damaged. Throws BAD_FILE
 * with reason damaged or newer_format.
 */
export function readKind(text: Buffer, name: string): { kind: string; value: unknown } {
  const value = parsed(text);
  const any = anyManifest.safeParse(value);
  if (!any.success) throw damaged(name, 'its manifest cannot be read');
  const { version, kind } = any.data;
  const newest = kind === 'records' ? 1 : packageVersion;
  if (version > newest) {
    throw refusal(
      'newer_format',
      `${name} was written by a newer FRAMES (form ${version}; this one reads up to ${newest}). Update FRAMES to read it.`,
    );
  }
  return { kind, value };
}

function checkManifest(text: Buffer, name: string): RecordsManifest {
  const { kind, value } = readKind(text, name);
  if (kind !== 'records') {
    throw refusal('other_kind', `${name} holds a ${printable(kind)}, not records that can be imported.`);
  }
  const manifest = recordsManifest.safeParse(value);
  if (!manifest.success) throw damaged(name, 'its manifest cannot be read');
  return manifest.data;
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The text and its hash; null when there is more or less of it than the manifest says. It never takes more room than that. */
async function inflate(
  stored: Buffer,
  bytes: number,
  name: string,
  signal: AbortSignal | undefined,
): Promise<{ text: Buffer; sha256: string } | null> {
  const zstd = createZstdDecompress({ chunkSize: inflatedPiece });
  const text = Buffer.allocUnsafe(bytes);
  const hash = createHash('sha256');
  let length = 0;
  zstd.end(stored);
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
    throw damaged(name, 'its content cannot be unpacked');
  }
  return length === bytes ? { text, sha256: hash.digest('hex') } : null;
}

export const printable = (kind: string): string => kind.replaceAll(/[^\w-]/g, '?');

/** Refused, because its end is missing. */
export const cut = (name: string) =>
  refusal('truncated', `${name} is incomplete. Copy or download it again.`);

/** Refused, because of what is wrong with it. */
export const damaged = (name: string, what: string) =>
  refusal('damaged', `${name} is damaged: ${what}. Copy or download it again.`);
