import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { openFile } from '#files/open-file.ts';
import {
  documentFormatNames,
  documentFormats,
  formatLabel,
  formatOfName,
  maxDocumentBytes,
} from '#shared/domain/document-formats.ts';
import type { DocumentFormat } from '#shared/domain/document-formats.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { ContentPart, stateOfContent } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal, systemCause, tooLargeFault, unreadableFault } from '../kernel/files/refusal.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readPieces } from '../kernel/workers/io.ts';

/** The first bytes of files by format, in Latin-1; none for plain text. */
const signatures: Readonly<Record<DocumentFormat, readonly string[]>> = {
  pdf: ['%PDF-'],
  docx: ['PK\x03\x04'],
  markdown: [],
  text: [],
  mail: [],
  png: ['\x89PNG\r\n\x1a\n'],
  jpeg: ['\xff\xd8\xff'],
  gif: ['GIF87a', 'GIF89a'],
  webp: ['RIFF'],
};

/** The format by the file's name. Throws BAD_FILE: `unknown_document`, and `misnamed_document` or `not_as_named` if the content does not fit. */
function detectFormat(name: string, head: Buffer): DocumentFormat {
  const format = formatOfName(name);
  if (format === null) throw fileRefusal('unknown_document', { file: name });
  if (fitsFormat(head, format)) return format;
  const named = formatLabel(format);
  // Other files also begin like a DOCX (any ZIP file) or a WebP.
  const content = documentFormatNames.find(
    (one) => one !== 'docx' && one !== 'webp' && beginsWith(head, signatures[one]),
  );
  throw content === undefined
    ? fileRefusal('not_as_named', { file: name, named })
    : fileRefusal('misnamed_document', { file: name, named, content: formatLabel(content) });
}

/** Whether the content begins with a signature of the format. Plain text must not begin with any signature. */
function fitsFormat(head: Buffer, format: DocumentFormat): boolean {
  const expected = signatures[format];
  return expected.length > 0
    ? beginsWith(head, expected)
    : !beginsWith(head, Object.values(signatures).flat());
}

const beginsWith = (head: Buffer, starts: readonly string[]): boolean =>
  starts.some((start) => head.subarray(0, start.length).equals(Buffer.from(start, 'latin1')));

const headBytes = 16;

/**
 * Copies a file into a store, also in the place of a wrong copy of the same content. Throws BAD_FILE (unreadable, own_file, empty,
 * too_large, unknown_document, misnamed_document, not_as_named; unwritable for the store), CANCELLED.
 */
export async function storeFile(
  path: string,
  files: WorkspaceFiles,
  {
    into,
    signal,
    onBytes,
  }: { into: ContentFiles; signal: AbortSignal; onBytes: (done: number, total: number) => void },
): Promise<StoredFile> {
  const name = basename(path);
  await refuseOwnFile(path, files);
  await using source = await openFile(path).catch((error: unknown) => {
    throw unreadableFault(name, error);
  });
  const stats = await source.stat();
  if (stats.size === 0) throw fileRefusal('empty', { file: name });
  if (stats.size > maxDocumentBytes) throw tooLargeFault(name, stats.size, maxDocumentBytes);
  const head = Buffer.alloc(headBytes);
  await source.read(head, 0, head.length, 0);
  const { mediaType } = documentFormats[detectFormat(name, head)];
  const storeErrors = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw fileRefusal('unwritable', { file: name, why: systemCause(error) });
    }
  };
  await using part = await storeErrors(ContentPart.create(into));
  const { bytes, sha256 } = await hashPieces(source, signal, async (piece, done) => {
    if (done > maxDocumentBytes) throw tooLargeFault(name, done, maxDocumentBytes);
    await storeErrors(part.write(piece));
    onBytes(done, Math.max(done, stats.size));
  });
  if ((await stateOfContent(into, sha256, { signal })) !== 'intact')
    await storeErrors(part.moveIntoStore(sha256));
  return { sha256, name: name.slice(-maxLengths.name).toWellFormed(), bytes, media_type: mediaType };
}

async function hashPieces(
  source: FileHandle,
  signal: AbortSignal,
  onPiece: (piece: Buffer, done: number) => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of readPieces(source, 0, maxDocumentBytes + 1)) {
    checkCancelled(signal);
    bytes += piece.length;
    hash.update(piece);
    await onPiece(piece, bytes);
  }
  return { bytes, sha256: hash.digest('hex') };
}
