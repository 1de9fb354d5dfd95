import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copyToNewFile } from '#files/replace-file.ts';
import { openFile, readPiecesOf } from '#files/open-file.ts';

/** The version before the last update, in the same folder. */
export const previousPath = (program: string): string => `${program}.previous`;

/** Reserved for the version being installed, so a leftover of an interrupted installation can be deleted. */
const incomingPath = (program: string): string => join(dirname(program), `.${basename(program)}.incoming`);

/** The user cannot write the program's folder, so an administrator must update it. */
export class FolderNotWritable extends Error {
  constructor(folder: string, options?: ErrorOptions) {
    super(`${folder} cannot be written.`, options);
    this.name = 'FolderNotWritable';
  }
}

export async function isReplaceable(program: string): Promise<boolean> {
  return access(dirname(program), constants.W_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Replaces the program file and keeps the old one as `.previous`. After a crash or a full disk at any point, `program` is either version, complete.
 * The copy must have the hash `sha512` (base64). Throws FolderNotWritable.
 */
export async function replaceProgram(program: string, downloadPath: string, sha512: string): Promise<void> {
  const newFile = incomingPath(program);
  try {
    await rm(newFile, { force: true });
    await copyToNewFile(downloadPath, newFile);
    await chmod(newFile, 0o755);
    await flushFile(newFile);
    if ((await hashOf(newFile)) !== sha512) throw new Error('The copy of the new version differs from it.');
    await keepPrevious(program);
    await rename(newFile, program);
  } catch (error) {
    await rm(newFile, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new FolderNotWritable(dirname(program), { cause: error });
    throw error;
  }
}

/** Hard-links the program as `.previous`, so that its path always exists. Copies if links are unsupported. */
async function keepPrevious(program: string): Promise<void> {
  const temporary = `${previousPath(program)}.tmp`;
  await rm(temporary, { force: true });
  await link(program, temporary).catch(() => copyToNewFile(program, temporary));
  await rename(temporary, previousPath(program));
}

/** Restores the previous version. False if there is none. */
export async function rollBackProgram(program: string): Promise<boolean> {
  try {
    await rename(previousPath(program), program);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Removes the previous version and installation leftovers. Call once the new version has run well. */
export async function removePrevious(program: string): Promise<void> {
  const leftovers = [previousPath(program), `${previousPath(program)}.tmp`, incomingPath(program)];
  for (const file of leftovers) await rm(file, { force: true });
}

export async function hasPrevious(program: string): Promise<boolean> {
  return stat(previousPath(program)).then(
    () => true,
    () => false,
  );
}

async function flushFile(file: string): Promise<void> {
  const handle = await openFile(file, { access: 'change' });
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** SHA-512 in base64. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(readPiecesOf(file), hash);
  return hash.digest('base64');
}
