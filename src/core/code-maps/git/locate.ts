import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { readText } from '#files/open-file.ts';

/** Why a folder gives no map. */
export type RepositoryProblem =
  | 'no_repository'
  | 'no_commits'
  | 'shallow'
  | 'reftable'
  | 'sha256'
  | 'alternates';

export class RepositoryError extends Error {
  readonly problem: RepositoryProblem;

  constructor(problem: RepositoryProblem) {
    super(`The repository cannot be read: ${problem}.`);
    this.problem = problem;
  }
}

export interface Repository {
  /** The folder with the objects. */
  objects: string;
  /** The id of the commit that is checked out. */
  head: string;
  /** The branch that is checked out; null for none. */
  branch: string | null;
}

const maxFileBytes = 64 * 1024 * 1024;
const maxRefDepth = 5;
const idPattern = /^[0-9a-f]{40}$/;

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readText(path, { maxBytes: maxFileBytes });
  } catch {
    return null;
  }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The git directory of a work tree, of a linked work tree, or of a bare repository; null for other folders. */
async function gitDirectoryOf(folder: string): Promise<string | null> {
  const inside = join(folder, '.git');
  if (isFolder(inside)) return inside;
  const link = /^gitdir: (?<path>.+)$/m.exec((await readIfThere(inside)) ?? '')?.groups?.['path'];
  if (link !== undefined) return resolve(folder, link.trim());
  return isFolder(join(folder, 'objects')) && existsSync(join(folder, 'HEAD')) ? folder : null;
}

/** The commit of a ref, from its file or the packed refs. */
async function resolveRef(
  git: string,
  common: string,
  ref: string,
  depth = 0,
): Promise<{ id: string; branch: string | null } | null> {
  // Only names below refs/ are read: a hostile HEAD names no other file.
  if (depth > maxRefDepth || !/^(?:HEAD|refs\/[\w./+@-]+)$/.test(ref) || ref.includes('..')) return null;
  const text = ((await readIfThere(join(git, ref))) ?? (await readIfThere(join(common, ref))))?.trim();
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  if (text?.startsWith('ref: ')) return resolveRef(git, common, text.slice('ref: '.length).trim(), depth + 1);
  if (text !== undefined && /^[0-9a-f]{64}$/.test(text)) throw new RepositoryError('sha256');
  if (text !== undefined && idPattern.test(text)) return { id: text, branch };
  const packed = (await readIfThere(join(common, 'packed-refs')))
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`));
  const id = packed?.slice(0, packed.indexOf(' ')) ?? '';
  return idPattern.test(id) ? { id, branch } : null;
}

/** Finds the objects and the head of a repository without git, so that nothing of its configuration is used. Throws RepositoryError. */
export async function locateRepository(folder: string): Promise<Repository> {
  const git = await gitDirectoryOf(folder);
  if (git === null) throw new RepositoryError('no_repository');
  const commonLink = (await readIfThere(join(git, 'commondir')))?.trim();
  const common = commonLink === undefined ? git : resolve(git, commonLink);
  if (isFolder(join(common, 'reftable'))) throw new RepositoryError('reftable');
  if (((await readIfThere(join(common, 'shallow'))) ?? '').trim() !== '')
    throw new RepositoryError('shallow');
  const objects = join(common, 'objects');
  const alternates = (await readIfThere(join(objects, 'info', 'alternates')))?.split('\n') ?? [];
  const isOutside = (path: string): boolean => {
    const away = relative(common, resolve(objects, path));
    return away.startsWith('..') || isAbsolute(away);
  };
  // A commit could lie in another repository of this computer, which nobody chose.
  if (alternates.some((path) => path.trim() !== '' && !path.startsWith('#') && isOutside(path.trim())))
    throw new RepositoryError('alternates');
  const head = await resolveRef(git, common, 'HEAD');
  if (head === null) throw new RepositoryError('no_commits');
  return { objects, head: head.id, branch: head.branch };
}
