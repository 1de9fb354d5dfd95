import { link, lstat, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import { isOfWorkspace } from '#shared/domain/workspace-files.ts';
import { ageBytes, beginsAsAge } from '../age-format.ts';
import { isAlive } from '../db/holders.ts';
import { look } from '../file-probe.ts';
import { syncFolder } from '../sync-folder.ts';
import { refusal } from './refusal.ts';

/** What a file may take the place of. */
export interface ReplaceOptions {
  /** A file that is there may be replaced: somebody was asked, or said so. */
  replace?: boolean | undefined;
  encrypts?: boolean | undefined;
}

/**
 * Refuses what a file must not take the place of: what any workspace consists of, whatever was said; a file that is there, unless
 * `replace`; an encrypted one, unless what is written is encrypted too. `name` is what messages call it. Throws BAD_FILE with reason
 * of_workspace, there or encrypted_there.
 */
export async function refuseReplacing(
  target: string,
  name: string,
  { replace, encrypts }: ReplaceOptions,
): Promise<void> {
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  if (isOfWorkspace(join(folder, basename(target)), sep, look)) {
    const message = `${name} belongs to a FRAMES workspace. Choose another name or folder. Nothing was changed.`;
    throw refusal('of_workspace', message);
  }
  if (!look.isThere(target)) return;
  if (!replace) {
    const message = `${name} already exists. Choose another name or use --replace. Nothing was changed.`;
    throw refusal('there', message);
  }
  if (encrypts || !(await isEncrypted(target))) return;
  const message = `${name} is encrypted, and the new file is not. Choose another name or delete that file first. Nothing was changed.`;
  throw refusal('encrypted_there', message);
}

/** What cannot be read is not known to be encrypted. */
async function isEncrypted(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  try {
    const start = Buffer.alloc(ageBytes);
    await handle?.read(start, 0, ageBytes, 0);
    return beginsAsAge(start);
  } finally {
    await handle?.close();
  }
}

/** What a file is made of, in order; an empty piece is a pause. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file that is there whole or not at all: pieces go under a temporary name in the same folder, are brought to the
 * disk and take the file's name at last. When `pieces` throws, or whoever iterates stops, nothing stays behind and what was
 * there before is untouched. Yields after each piece; returns the bytes written. Throws BAD_FILE with reason unwritable or no_folder, and what
 * `refuseReplacing` throws, before anything is written.
 */
export async function* writeAtomically(
  path: string,
  unique: string,
  pieces: Pieces,
  instead: ReplaceOptions = {},
): AsyncGenerator<void, number, void> {
  const name = basename(path);
  let temporary: string | undefined;
  try {
    const target = await settleTarget(path, name);
    await refuseReplacing(target, name, instead);
    await sweepParts(dirname(target));
    temporary = join(dirname(target), `.frames-${unique}-${process.pid}.part`);
    const bytes = yield* writeWhole(temporary, pieces);
    // Writing takes its time: somebody else may have made a file of that name meanwhile.
    await refuseReplacing(target, name, instead);
    await giveName(temporary, target, name, instead);
    temporary = undefined;
    // The file is whole already; a folder that does not let one wait for its names takes nothing from that.
    await syncFolder(dirname(target)).catch(() => undefined);
    return bytes;
  } catch (error) {
    if (isFault(error) || !isSystemError(error)) throw error;
    if (await lacksFolder(path, error)) throw noFolder(path);
    throw refusal('unwritable', `${name} cannot be written: ${reasons[error.code] ?? error.code}.`);
  } finally {
    if (temporary) await rm(temporary, { force: true });
  }
}

/**
 * What is written is written to without a pause. After so many milliseconds its process is gone where it does not run on this computer, which may not
 * be the one that writes into a shared folder; and after so many whatever runs under its number.
 */
const [silent, abandoned] = [60_000, 3_600_000];

async function sweepParts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const [, pid] = /^\.frames-[\w-]+-(\d+)\.part$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const file = join(folder, name);
    const found = await lstat(file).catch(() => null);
    if (found?.isFile() && Date.now() - found.mtimeMs > (isAlive(Number(pid)) ? abandoned : silent))
      await rm(file, { force: true }).catch(() => {});
  }
}

/** Gives it the file's name; where nothing may be replaced, in a step that fails when somebody was faster, if the disk knows one. */
async function giveName(
  temporary: string,
  target: string,
  name: string,
  instead: ReplaceOptions,
): Promise<void> {
  if (instead.replace || !(await named(temporary, target, name, instead))) await rename(temporary, target);
  else await rm(temporary, { force: true });
}

/** Gives it a second name; false on a disk that knows none. */
async function named(
  temporary: string,
  target: string,
  name: string,
  instead: ReplaceOptions,
): Promise<boolean> {
  try {
    await link(temporary, target);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') return false;
    await refuseReplacing(target, name, instead);
    throw error;
  }
}

/** Where the file really is; what is there already must be a plain file, since it will be replaced. */
async function settleTarget(path: string, name: string): Promise<string> {
  try {
    const target = await realpath(path);
    if ((await stat(target)).isFile()) return target;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return path;
    throw error;
  }
  throw refusal('unwritable', `${name} cannot be written: it is not a file.`);
}

async function* writeWhole(path: string, pieces: Pieces): AsyncGenerator<void, number, void> {
  const handle = await open(path, 'wx');
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += await writePiece(handle, typeof piece === 'string' ? Buffer.from(piece) : piece);
      yield;
    }
    await handle.sync();
    return bytes;
  } finally {
    await handle.close();
  }
}

async function writePiece(handle: FileHandle, piece: Uint8Array): Promise<number> {
  for (let written = 0; written < piece.length;) {
    written += (await handle.write(piece, written, piece.length - written)).bytesWritten;
  }
  return piece.length;
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** Whether it was thrown because the folder for a file is not there, or is none. */
async function lacksFolder(path: string, { code }: { code: string }): Promise<boolean> {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return false;
  return !(await stat(dirname(path)).catch(() => null))?.isDirectory();
}

/** Named as people know it: the window gets no path. */
const noFolder = (path: string): Error =>
  refusal('no_folder', `There is no folder "${basename(dirname(path))}" to write ${basename(path)} to.`);

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};
