import { createHash } from 'node:crypto';
import { createZstdDecompress } from 'node:zlib';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from '../../kernel/progress.ts';
import { largestFile } from '../limits.ts';
import { megabytes } from '../megabytes.ts';
import { refusal } from '../refuse.ts';
import {
  anyManifest,
  beginsAsPackage,
  longestManifest,
  magic,
  packageVersion,
  preambleBytes,
  recordsManifest,
} from './manifest.ts';
import type { RecordsManifest } from './manifest.ts';

export interface Unpacked {
  manifest: RecordsManifest;
  /** The interchange document, as a JSON export has it. */
  content: Buffer;
}

export interface UnpackOptions {
  /** The longest text in bytes; a longer one is refused before any of it is inflated. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Bytes inflated and hashed between two pauses. */
const piece = 256 * 1024;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Takes a `.frames` file apart: its beginning, version, kind, lengths and hashes are checked before and after inflating, so that
 * what is handed on is to the byte what was packed. Others have their turn after every piece. Throws BAD_FILE with reason
 * not_frames, truncated, damaged, newer_format, other_kind or too_large, and CANCELLED.
 */
export async function unpack(file: Buffer, name: string, options: UnpackOptions = {}): Promise<Unpacked> {
  const { limit = largestFile, signal } = options;
  if (!beginsAsPackage(file)) {
    throw refusal('not_frames', `${name} is no FRAMES file, or its beginning is damaged.`);
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
  if (version > packageVersion) {
    throw refusal(
      'newer_format',
      `${name} was written by a newer FRAMES (form ${version}; this one reads up to ${packageVersion}). Update FRAMES to read it.`,
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
  const zstd = createZstdDecompress({ chunkSize: piece });
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
  refusal('truncated', `${name} ends too early: a part of it is missing. Copy or download it again.`);

/** Refused, because of what is wrong with it. */
export const damaged = (name: string, what: string) =>
  refusal('damaged', `${name} is damaged: ${what}. Copy or download it again.`);
