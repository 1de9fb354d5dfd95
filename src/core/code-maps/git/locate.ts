import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { readText } from '#files/open-file.ts';
import { RepositoryError } from '../repository-error.ts';

export interface Repository {
  /** The folder with the objects. */
  objects: string;
  /** The id of the commit that is read. */
  head: string;
  /** Its branch; null for none. */
  branch: string | null;
}

const maxFileBytes = 64 * 1024 * 1024;
const maxRefDepth = 5;
const idPattern = /^[0-9a-f]{40}$/;

/** Null if there is no such file. A file that git can read and FRAMES cannot would hide something. Throws RepositoryError. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return isFolder(path) ? null : await readText(path, { maxBytes: maxFileBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new RepositoryError('incomplete', message);
  }
}

/** The path without links. Throws RepositoryError. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw new RepositoryError('incomplete', (error as Error).message);
  }
}

/** Throws RepositoryError if a path leads out of a folder: nobody chose the contents there. */
function assertInside(path: string, folder: string): void {
  if (!`${realPath(path)}${sep}`.startsWith(`${realPath(folder)}${sep}`))
    throw new RepositoryError('outside', basename(path));
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

interface GitDirectory {
  git: string;
  /** With the refs and objects of all work trees. */
  common: string;
}

/**
 * The git directory of a work tree, of a linked work tree, or of a bare repository; null for other folders. It is within the folder, or
 * names the folder as its linked work tree. Throws RepositoryError (`outside`).
 */
async function gitDirectoryOf(folder: string): Promise<GitDirectory | null> {
  const inside = join(folder, '.git');
  const link = /^gitdir: (?<path>.+)$/m.exec((await readIfThere(inside)) ?? '')?.groups?.['path'];
  const isBare = isFolder(join(folder, 'objects')) && existsSync(join(folder, 'HEAD'));
  const git = isFolder(inside) ? inside : link ? resolve(folder, link.trim()) : isBare ? folder : null;
  if (git === null) return null;
  const workTree = link && (await readIfThere(join(git, 'gitdir')))?.trim();
  const commonLink = (await readIfThere(join(git, 'commondir')))?.trim();
  const common = commonLink === undefined ? git : resolve(git, commonLink);
  if (workTree && realPath(resolve(git, workTree)) === realPath(inside)) assertInside(git, common);
  else for (const path of [git, common]) assertInside(path, folder);
  return { git, common };
}

/** Throws RepositoryError (`outside`) if git would read objects of another folder. */
function assertOwnObjects(objects: string, common: string): void {
  assertInside(objects, common);
  for (const entry of readdirSync(objects, { recursive: true, withFileTypes: true }))
    if (entry.isSymbolicLink()) assertInside(join(entry.parentPath, entry.name), common);
}

/** The commit of a ref, from its file or the packed refs. */
async function resolveRef(
  git: string,
  common: string,
  ref: string,
  depth = 0,
): Promise<{ id: string; branch: string | null } | null> {
  // Only names below refs/ are read: a hostile HEAD names no other file.
  if (depth > maxRefDepth || !/^(?:HEAD|refs\/[^\s~^:?*[\\\p{Cc}]+)$/u.test(ref) || ref.includes('..'))
    return null;
  const loose = ((await readIfThere(join(git, ref))) ?? (await readIfThere(join(common, ref))))?.trim();
  if (loose?.startsWith('ref: '))
    return resolveRef(git, common, loose.slice('ref: '.length).trim(), depth + 1);
  const packed = (await readIfThere(join(common, 'packed-refs')))
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`));
  const id = loose ?? packed?.slice(0, packed.indexOf(' ')) ?? '';
  if (/^[0-9a-f]{64}$/.test(id)) throw new RepositoryError('sha256');
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return idPattern.test(id) ? { id, branch } : null;
}

/**
 * Finds the objects and the head, or the newest commit of a branch, of a repository without git, so that nothing of its configuration is
 * used. Throws RepositoryError.
 */
export async function locateRepository(folder: string, branch: string | null = null): Promise<Repository> {
  const directory = await gitDirectoryOf(folder);
  if (directory === null) throw new RepositoryError('no_repository');
  const { git, common } = directory;
  if (isFolder(join(common, 'reftable'))) throw new RepositoryError('reftable');
  if (((await readIfThere(join(common, 'shallow'))) ?? '').trim() !== '')
    throw new RepositoryError('shallow');
  const objects = join(common, 'objects');
  assertOwnObjects(objects, common);
  // A commit could lie in another repository of this computer, which nobody chose. An alternate within the folder can name others.
  const alternates = (await readIfThere(join(objects, 'info', 'alternates')))?.split('\n') ?? [];
  if (alternates.some((path) => path !== '' && !path.startsWith('#')))
    throw new RepositoryError('alternates');
  const head =
    branch === null
      ? await resolveRef(git, common, 'HEAD')
      : ((await resolveRef(git, common, `refs/heads/${branch}`)) ??
        (await resolveRef(git, common, `refs/remotes/origin/${branch}`)));
  if (head === null) throw new RepositoryError(branch === null ? 'no_commits' : 'no_branch', branch ?? '');
  return { objects, head: head.id, branch: branch ?? head.branch };
}
