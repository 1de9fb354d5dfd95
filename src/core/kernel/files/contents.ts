import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NotRegularFile, createFile, openFile } from '#files/open-file.ts';
import { maxDocumentBytes } from '#shared/domain/document-formats.ts';
import { contentProblems } from '#shared/contract/documents.ts';
import type { ContentProblem } from '#shared/contract/documents.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { fsyncFolder } from '../fsync.ts';
import { checkCancelled } from '../progress.ts';
import { readPieces, writeAll } from '../workers/io.ts';

/* Files by SHA-256, `documents/ab/abcd…`. Each is renamed into place after fsync, so it is complete. */

export type ContentFiles = Pick<WorkspaceFiles, 'documents'>;

export interface Content {
  sha256: string;
  path: string;
  bytes: number;
}

export type ContentState = 'intact' | ContentProblem;

/** A stored file that cannot be used; `code` also crosses from the process that extracts texts. */
export class BadContent extends Error {
  readonly sha256: string;
  readonly code: ContentProblem;

  constructor(sha256: string, code: ContentProblem, options?: ErrorOptions) {
    super(`The stored file ${sha256} is ${code}.`, options);
    this.sha256 = sha256;
    this.code = code;
  }
}

export const isContentProblem = (code: unknown): code is ContentProblem =>
  (contentProblems as readonly unknown[]).includes(code);

export const contentPath = ({ documents }: ContentFiles, sha256: string): string =>
  join(documents, sha256.slice(0, 2), sha256);

export const textPath = (files: ContentFiles, sha256: string): string => `${contentPath(files, sha256)}.json`;

/** Whether a file has the name of the content; its bytes are checked when it is read. */
export const hasContent = (files: ContentFiles, sha256: string): boolean =>
  existsSync(contentPath(files, sha256));

/**
 * The bytes of a content in pieces, each valid until the next but one. This is the only reader of the store. It hashes every piece:
 * use the bytes only after the last piece. Throws BadContent and CANCELLED.
 */
export async function* readContent(
  files: ContentFiles,
  sha256: string,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  const hash = createHash('sha256');
  try {
    await using handle = await openFile(contentPath(files, sha256), { refuseLinks: true });
    const { size } = await handle.stat();
    if (size > maxDocumentBytes) throw new BadContent(sha256, 'different');
    for await (const piece of readPieces(handle, 0, size)) {
      checkCancelled(signal);
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    const problem = problemOfError(error);
    throw problem === null ? error : new BadContent(sha256, problem, { cause: error });
  }
  if (hash.digest('hex') !== sha256) throw new BadContent(sha256, 'different');
}

function problemOfError(error: unknown): ContentProblem | null {
  const code = String((error as NodeJS.ErrnoException).code);
  if (['ENOENT', 'ENOTDIR'].includes(code)) return 'missing';
  if (error instanceof NotRegularFile || ['ELOOP', 'ENXIO', 'EISDIR'].includes(code)) return 'not_a_file';
  return ['EACCES', 'EPERM', 'EIO'].includes(code) ? 'unreadable' : null;
}

/** All bytes of a content. Throws like `readContent`. */
export async function readWholeContent(files: ContentFiles, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readContent(files, sha256)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** Reads a content to the end and returns its state. Throws CANCELLED. */
export async function stateOfContent(
  files: ContentFiles,
  sha256: string,
  {
    signal,
    onBytes = () => {},
  }: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): Promise<ContentState> {
  try {
    for await (const piece of readContent(files, sha256, signal)) onBytes(piece.length);
    return 'intact';
  } catch (error) {
    if (error instanceof BadContent) return error.code;
    throw error;
  }
}

const isContentName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** Every file of the store; `bytes` is 0 for anything but a regular file. */
export async function listContents(files: ContentFiles): Promise<Content[]> {
  const contents: Content[] = [];
  for (const folder of (await namesIn(files.documents)).toSorted())
    for (const sha256 of (await namesIn(join(files.documents, folder))).filter(isContentName).toSorted()) {
      const path = join(files.documents, folder, sha256);
      const stats = await lstat(path).catch(() => null);
      // A purge can remove a file meanwhile.
      if (stats) contents.push({ sha256, path, bytes: stats.isFile() ? stats.size : 0 });
    }
  return contents;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

/** A stored file under another name, for the moment in which it is decided whether anything names it. */
export interface HiddenContent {
  sha256: string;
  path: string;
}

export async function hideContent(files: ContentFiles, sha256: string): Promise<HiddenContent> {
  const path = join(files.documents, `.${randomUUID()}.part`);
  await rename(contentPath(files, sha256), path);
  return { sha256, path };
}

/** Gives a hidden content its name again, unless it was stored again meanwhile. Ignores errors: verifying reports a missing file. */
export async function showContent(files: ContentFiles, { sha256, path }: HiddenContent): Promise<void> {
  const move = hasContent(files, sha256)
    ? rm(path, { force: true })
    : rename(path, contentPath(files, sha256));
  await move.catch(() => undefined);
}

/** Removes a hidden content, and its text unless it was stored again meanwhile. */
export async function removeHidden(files: ContentFiles, { sha256, path }: HiddenContent): Promise<void> {
  // In the place of a damaged file can be a folder.
  await rm(path, { force: true, recursive: true });
  if (!hasContent(files, sha256)) await rm(textPath(files, sha256), { force: true });
}

/** Runs work with a store of its own for one file, so that a sweep does not see it before a record names it. */
export async function withPrivateStore<T>(
  { documents }: ContentFiles,
  work: (store: ContentFiles) => Promise<T>,
): Promise<T> {
  const store = { documents: join(documents, `.${randomUUID()}.part`) };
  try {
    return await work(store);
  } finally {
    // The work is done and may be committed; what cannot be removed is removed as a stale part later.
    await rm(store.documents, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Moves a content and its text, if it has one, from one store to another, unless an intact one is there. */
export async function moveContent(from: ContentFiles, to: ContentFiles, sha256: string): Promise<void> {
  if ((await stateOfContent(to, sha256)) === 'intact') return;
  await rm(textPath(to, sha256), { force: true });
  await moveDurably(contentPath(from, sha256), contentPath(to, sha256), to);
  if (existsSync(textPath(from, sha256))) await rename(textPath(from, sha256), textPath(to, sha256));
}

/** Copies a content to another store. Returns its state; only an intact one is copied. Throws CANCELLED. */
export async function copyContent(
  from: ContentFiles,
  to: ContentFiles,
  sha256: string,
  signal?: AbortSignal,
): Promise<ContentState> {
  try {
    await using part = await ContentPart.create(to);
    for await (const piece of readContent(from, sha256, signal)) await part.write(piece);
    await part.moveIntoStore(sha256);
    return 'intact';
  } catch (error) {
    if (error instanceof BadContent) return error.code;
    throw error;
  }
}

/** Renames a file that was synced to the disk into a folder of the store. */
async function moveDurably(path: string, target: string, { documents }: ContentFiles): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  // A folder in this place is not ours: a file cannot replace it, so it is moved aside.
  if ((await lstat(target).catch(() => null))?.isDirectory())
    await rename(target, `${target}.${randomUUID()}`);
  await rename(path, target);
  await fsyncFolder(folder);
  await fsyncFolder(documents);
}

/** Age from which a temporary file has no writer any more. */
const staleAfterMs = 24 * 3_600_000;

/** Removes temporary files older than a day, left by crashes. Returns their number. Skips files that cannot be removed. */
export async function removeStaleParts({ documents }: ContentFiles, now: number): Promise<number> {
  let removedCount = 0;
  for (const name of await namesIn(documents)) {
    if (!/^\..+\.part$/.test(name)) continue;
    const path = join(documents, name);
    try {
      if (now - (await stat(path)).mtimeMs < staleAfterMs) continue;
      await rm(path, { recursive: true });
      removedCount += 1;
    } catch {
      // Another process removed the file or has it open.
    }
  }
  return removedCount;
}

/** A temporary file in the store. Disposing of it removes the file unless it was moved, so that no failure leaves a part. */
export class ContentPart implements AsyncDisposable {
  readonly #files: ContentFiles;
  readonly #path: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(files: ContentFiles, path: string, handle: FileHandle) {
    this.#files = files;
    this.#path = path;
    this.#handle = handle;
  }

  static async create(files: ContentFiles): Promise<ContentPart> {
    const path = join(files.documents, `.${randomUUID()}.part`);
    await mkdir(files.documents, { recursive: true });
    return new ContentPart(files, path, await createFile(path));
  }

  async write(bytes: Buffer): Promise<void> {
    await writeAll(this.#handle, bytes, this.#bytes);
    this.#bytes += bytes.length;
  }

  /** Begins again with an empty file. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.#bytes = 0;
  }

  /** Makes the part durable as the file of a content, in place of a wrong one, whose text is removed. */
  async moveIntoStore(sha256: string): Promise<void> {
    await rm(textPath(this.#files, sha256), { force: true });
    await this.#moveTo(contentPath(this.#files, sha256));
  }

  /** Makes the part the cached text of a content. */
  async moveToText(sha256: string): Promise<void> {
    await this.#moveTo(textPath(this.#files, sha256));
  }

  async #moveTo(target: string): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await moveDurably(this.#path, target, this.#files);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // On a full disk closing can fail too.
    await this.#handle.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }
}
