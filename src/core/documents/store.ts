import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createFile, openFile } from '#files/open-file.ts';
import { documentFormats, formatOfName, maxDocumentBytes } from '#shared/domain/document-formats.ts';
import type { DocumentFormat } from '#shared/domain/document-formats.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { contentPath, moveIntoStore, hasContent } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal, tooLargeFault, unreadableFault } from '../kernel/files/refusal.ts';
import { checkCancelled } from '../kernel/progress.ts';

/** The first bytes of files by format, in Latin-1; none for plain text. */
const signatures: Readonly<Record<DocumentFormat, readonly string[]>> = {
  pdf: ['%PDF-'],
  docx: ['PK\x03\x04'],
  markdown: [],
  text: [],
  png: ['\x89PNG\r\n\x1a\n'],
  jpeg: ['\xff\xd8\xff'],
  gif: ['GIF87a', 'GIF89a'],
  webp: ['RIFF'],
};

/** The format by the file's name. Throws BAD_FILE (`unknown_document`) if it is unknown or the content does not fit. */
function detectFormat(name: string, head: Buffer): DocumentFormat {
  const format = formatOfName(name);
  if (format !== null && fitsFormat(head, format)) return format;
  throw fileRefusal('unknown_document', { file: name });
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
const chunkBytes = 1024 * 1024;

/** Copies a file into the store. Throws BAD_FILE (unreadable, own_file, empty, too_large, unknown_document), CANCELLED. */
export async function storeFile(
  path: string,
  files: WorkspaceFiles,
  {
    id,
    signal,
    onBytes,
  }: { id: string; signal: AbortSignal; onBytes: (done: number, total: number) => void },
): Promise<{ file: StoredFile; isNew: boolean }> {
  const name = basename(path);
  await refuseOwnFile(path, files);
  const source = await openFile(path).catch((error: unknown) => {
    throw unreadableFault(name, error);
  });
  try {
    const stats = await source.stat();
    if (stats.size === 0) throw fileRefusal('empty', { file: name });
    if (stats.size > maxDocumentBytes) throw tooLargeFault(name, stats.size, maxDocumentBytes);
    const head = Buffer.alloc(headBytes);
    await source.read(head, 0, head.length, 0);
    const format = detectFormat(name, head);
    const temporaryPath = join(files.documents, `.${id}.part`);
    await mkdir(files.documents, { recursive: true });
    const target = await createFile(temporaryPath);
    try {
      const { bytes, sha256 } = await copyAndHash(source, target, signal, (done) => {
        if (done > maxDocumentBytes) throw tooLargeFault(name, done, maxDocumentBytes);
        onBytes(done, Math.max(done, stats.size));
      });
      await target.sync();
      await target.close();
      const isNew = !hasContent(files, sha256);
      if (isNew) await moveIntoStore(files, temporaryPath, sha256);
      const { mediaType } = documentFormats[format];
      const file = {
        sha256,
        name: name.slice(-maxLengths.name).toWellFormed(),
        bytes,
        media_type: mediaType,
      };
      return { file, isNew };
    } finally {
      await target.close();
      await rm(temporaryPath, { force: true });
    }
  } finally {
    await source.close();
  }
}

async function copyAndHash(
  source: FileHandle,
  target: FileHandle,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(chunkBytes);
  let bytes = 0;
  for (;;) {
    checkCancelled(signal);
    const { bytesRead } = await source.read(buffer, 0, chunkBytes, bytes);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    bytes += bytesRead;
    hash.update(buffer.subarray(0, bytesRead));
    await target.write(buffer, 0, bytesRead);
    onBytes(bytes);
  }
}

export async function removeContent(files: ContentFiles, sha256: string): Promise<void> {
  for (const path of [contentPath(files, sha256), textPath(files, sha256)]) await rm(path, { force: true });
}

export const textPath = (files: ContentFiles, sha256: string): string => `${contentPath(files, sha256)}.json`;
