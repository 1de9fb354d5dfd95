import { createFile, openFile } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { link, lstat, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import { isInWorkspace } from '#shared/domain/workspace-files.ts';
import { ageMagicBytes, hasAgeMagic } from '../age-format.ts';
import { isAlive } from '../db/holders.ts';
import { fileProbe } from '../file-probe.ts';
import { fsyncFolder } from '../fsync.ts';
import { fileRefusal, systemCause, unreadableFault } from './refusal.ts';

export interface ReplaceOptions {
  /** The user has confirmed that an existing file is replaced. */
  replace?: boolean | undefined;
  encrypts?: boolean | undefined;
}

/**
 * Throws BAD_FILE: `of_workspace` (even with `replace`), `unwritable` for a pipe, device or folder, `there`, or `encrypted_there` if only
 * the old file is encrypted.
 */
export async function refuseReplacing(
  target: string,
  name: string,
  { replace, encrypts }: ReplaceOptions,
): Promise<void> {
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  if (isInWorkspace(join(folder, basename(target)), sep, fileProbe)) {
    throw fileRefusal('of_workspace', { file: name });
  }
  if (!fileProbe.exists(target)) return;
  const stats = await stat(target).catch(() => null);
  if (stats?.isFile() === false) throw fileRefusal('unwritable', { file: name, why: clause('notRegular') });
  if (!replace) {
    throw fileRefusal('there', { file: name });
  }
  if (encrypts || !(await isEncrypted(target))) return;
  throw fileRefusal('encrypted_there', { file: name });
}

/** An unreadable file counts as not encrypted. */
async function isEncrypted(path: string): Promise<boolean> {
  const handle = await openFile(path).catch(() => null);
  try {
    const start = Buffer.alloc(ageMagicBytes);
    await handle?.read(start, 0, ageMagicBytes, 0);
    return hasAgeMagic(start);
  } finally {
    await handle?.close();
  }
}

/** The content of a file in order. An empty piece lets the event loop run. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file atomically: to a temporary file in the same folder, synced, then renamed. If `pieces` throws, the old file is unchanged and
 * no temporary file remains. Returns the bytes written. Throws BAD_FILE (`unwritable` or `no_folder`), and the errors of `refuseReplacing`.
 */
export async function writeAtomically(
  path: string,
  uniqueName: string,
  pieces: Pieces,
  replaceOptions: ReplaceOptions = {},
): Promise<number> {
  const name = basename(path);
  let temporaryPath: string | undefined;
  try {
    const target = await resolveTarget(path);
    await refuseReplacing(target, name, replaceOptions);
    await sweepParts(dirname(target));
    temporaryPath = join(dirname(target), `.frames-${uniqueName}-${process.pid}.part`);
    const bytes = await writePieces(temporaryPath, pieces);
    // Another process can have created the file during the write.
    await refuseReplacing(target, name, replaceOptions);
    await moveToTarget(temporaryPath, target, name, replaceOptions);
    temporaryPath = undefined;
    // The content is already synced, so a folder that cannot be synced is no reason to fail.
    await fsyncFolder(dirname(target)).catch(() => undefined);
    return bytes;
  } catch (error) {
    if (isFault(error) || !isSystemError(error)) throw error;
    if (await isFolderMissing(path, error)) throw noFolderFault(path);
    throw fileRefusal('unwritable', { file: name, why: systemCause(error) });
  } finally {
    if (temporaryPath) await rm(temporaryPath, { force: true });
  }
}

/** Age from which a temporary file is removed. A process with the writer's id can be another one, because ids are reused. */
const [maxAgeWithoutWriterMs, maxAgeMs] = [60_000, 3_600_000];

async function sweepParts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const [, pid] = /^\.frames-[\w-]+-(\d+)\.part$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const file = join(folder, name);
    const stats = await lstat(file).catch(() => null);
    const maxAge = isAlive(Number(pid)) ? maxAgeMs : maxAgeWithoutWriterMs;
    if (stats?.isFile() && Date.now() - stats.mtimeMs > maxAge)
      await rm(file, { force: true }).catch(() => {});
  }
}

/** Moves the temporary file to its name. Unless replacing, uses a hard link, which fails if the name was taken meanwhile. */
async function moveToTarget(
  temporaryPath: string,
  target: string,
  name: string,
  replaceOptions: ReplaceOptions,
): Promise<void> {
  const isLinked =
    !replaceOptions.replace && (await linkToTarget(temporaryPath, target, name, replaceOptions));
  if (isLinked) await rm(temporaryPath, { force: true });
  else await rename(temporaryPath, target);
}

/** Returns false if no hard link can be made. Throws BAD_FILE if the target exists. */
async function linkToTarget(
  temporaryPath: string,
  target: string,
  name: string,
  replaceOptions: ReplaceOptions,
): Promise<boolean> {
  try {
    await link(temporaryPath, target);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') return false;
    await refuseReplacing(target, name, replaceOptions);
    throw error;
  }
}

/** Resolves links. A missing target stays as it is. */
async function resolveTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return path;
    throw error;
  }
}

async function writePieces(path: string, pieces: Pieces): Promise<number> {
  await using handle = await createFile(path);
  let bytes = 0;
  for await (const piece of withReadErrors(pieces)) {
    if (piece.length === 0) await yieldToEventLoop();
    bytes += await writePiece(handle, typeof piece === 'string' ? Buffer.from(piece) : piece);
  }
  await handle.sync();
  return bytes;
}

/** Passes the pieces on. Throws BAD_FILE (`unreadable`) for an error that names the file they come from. */
async function* withReadErrors(pieces: Pieces): AsyncGenerator<string | Uint8Array, void, void> {
  try {
    yield* pieces;
  } catch (error) {
    const { path } = error as { path?: unknown };
    throw typeof path === 'string' ? unreadableFault(basename(path), error) : error;
  }
}

async function writePiece(handle: FileHandle, piece: Uint8Array): Promise<number> {
  for (let offset = 0; offset < piece.length;) {
    offset += (await handle.write(piece, offset, piece.length - offset)).bytesWritten;
  }
  return piece.length;
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** Whether the error says that the target's folder is missing or not a folder. */
async function isFolderMissing(path: string, { code }: { code: string }): Promise<boolean> {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return false;
  return !(await stat(dirname(path)).catch(() => null))?.isDirectory();
}

/** Names the folder without its path: a window never receives paths. */
const noFolderFault = (path: string): Error =>
  fileRefusal('no_folder', { folder: basename(dirname(path)), file: basename(path) });
