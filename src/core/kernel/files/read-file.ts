import { openFile } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { hasAgeMagic } from '../age-format.ts';
import { checkCancelled } from '../progress.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { certainEncoding, decodeText } from './encoding.ts';
import type { DecodedText, WordTest } from './encoding.ts';
import { hasPackageMagic, unpackFile } from './package.ts';
import { largestFile, fileRefusal, tooLargeFault, unreadableFault } from './refusal.ts';

/** How many problems a preview lists; all are counted. */
export const maxListedProblems = 1000;

/** How many problems the map of an import keeps; all are counted. */
export const maxStoredProblems = 100_000;

export function notTableFault(name: string): Fault<'BAD_FILE'> {
  return fileRefusal('not_a_table', { file: name, why: clause('readable') });
}

export interface FileText {
  name: string;
  bytes: number;
  sha256: string;
  /** The unpacked text in UTF-8: see `decodeUtf8`. */
  content: Buffer;
  /** How the file was decoded. */
  decoded: Omit<DecodedText, 'text'>;
}

export const decodeUtf8 = (content: Buffer): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(content);

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /** Receives the bytes read so far and the total. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  maxBytes?: number;
}

export interface TextOptions extends ReadOptions {
  /** The encoding that a person chose. */
  encoding?: TextEncoding | undefined;
  /** Collects the words that are known, only if the encoding has to be guessed. */
  knownWords?: (() => Promise<WordTest>) | undefined;
}

const chunkBytes = 4 * 1024 * 1024;

/**
 * Reads an untrusted regular file of up to `maxBytes` (default 256 MB). Its text is in any encoding (see `decodeText`), or packed as a
 * `.frames` file. Throws BAD_FILE and CANCELLED.
 */
export async function readTextFile(path: string, options: TextOptions = {}): Promise<FileText> {
  const name = basename(path);
  const { bytes, sha256 } = await openAndRead(path, options);
  if (bytes.length === 0) throw fileRefusal('empty', { file: name });
  const content = await unpackIfPackage(bytes, name, options);
  if (content !== bytes && options.encoding !== undefined)
    throw fileRefusal('encoding_fixed', { file: name });
  const text = await decodeContent(content, name, options);
  return { name, bytes: bytes.length, sha256, ...text };
}

/** Decodes a text with the chosen, the certain or a guessed encoding. The content is that of the file if it is UTF-8. */
async function decodeContent(
  content: Buffer,
  name: string,
  { encoding, knownWords }: TextOptions,
): Promise<Pick<FileText, 'content' | 'decoded'>> {
  const certain = encoding ?? certainEncoding(content);
  if (certain === 'utf-8' && isUtf8(content))
    return { content, decoded: { encoding: certain, isGuessed: false, readings: [] } };
  const isKnownWord = certain === undefined ? await knownWords?.() : undefined;
  const result = decodeText(content, { encoding, isKnownWord });
  if (!result) throw notTableFault(name);
  const { text, ...decoded } = result;
  return { content: Buffer.from(text), decoded };
}

/** Unpacks a `.frames` file and returns other content unchanged. The extension without the signature is an error. */
async function unpackIfPackage(
  bytes: Buffer,
  name: string,
  { maxBytes: limit, signal }: ReadOptions,
): Promise<Buffer> {
  if (!hasPackageMagic(bytes) && !/\.frames$/i.test(name)) return bytes;
  return (await unpackFile(bytes, name, { limit, signal })).content;
}

/** Reads a regular file without unpacking or decoding it. Throws BAD_FILE (`unreadable`, `too_large`, `encrypted`) and CANCELLED. */
export async function readFileBytes(
  path: string,
  options: ReadOptions = {},
): Promise<{ name: string; bytes: Buffer; sha256: string }> {
  return { name: basename(path), ...(await openAndRead(path, options)) };
}

/** Throws BAD_FILE (`unreadable`) unless the path is a regular file that can be opened. */
export const assertReadable = (path: string): Promise<void> => withOpenFile(path, () => Promise.resolve());

const openAndRead = (path: string, options: ReadOptions) =>
  withOpenFile(path, (handle, name) => readHandle(handle, name, options));

async function withOpenFile<R>(
  path: string,
  work: (handle: FileHandle, name: string) => Promise<R>,
): Promise<R> {
  const name = basename(path);
  let handle: FileHandle | undefined;
  try {
    handle = await openFile(path);
    return await work(handle, name);
  } catch (error) {
    throw isFault(error) ? error : unreadableFault(name, error);
  } finally {
    await handle?.close();
  }
}

async function readHandle(handle: FileHandle, name: string, options: ReadOptions) {
  const limit = options.maxBytes ?? largestFile;
  const stats = await handle.stat();
  if (stats.size > limit) throw tooLargeFault(name, stats.size, limit);
  const bytes = Buffer.allocUnsafe(stats.size);
  const hash = createHash('sha256');
  let length = 0;
  while (length < bytes.length) {
    checkCancelled(options.signal);
    const { bytesRead } = await handle.read(
      bytes,
      length,
      Math.min(chunkBytes, bytes.length - length),
      length,
    );
    if (bytesRead === 0) break;
    hash.update(bytes.subarray(length, length + bytesRead));
    length += bytesRead;
    options.onProgress?.(length, bytes.length);
  }
  if (hasAgeMagic(bytes)) throw fileRefusal('encrypted', { file: name });
  const statsAfter = await handle.stat();
  if (length !== stats.size || statsAfter.size !== stats.size) {
    throw fileRefusal('unreadable', { file: name, why: clause('changedMeanwhile') });
  }
  return { bytes, sha256: hash.digest('hex') };
}
