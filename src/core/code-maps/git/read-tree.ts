import { RepositoryError } from '../repository-error.ts';
import type { InertGit } from './inert-git.ts';

export interface TreeFile {
  path: string;
  /** The id of its content. */
  id: string;
  /** Null if the content is not on this computer. */
  bytes: number | null;
}

export interface Tree {
  /** Regular files. */
  files: readonly TreeFile[];
  /** Paths of submodules. */
  submodules: readonly string[];
}

const maxTreeBytes = 100_000_000;

/** "100644 blob 8f9…    1234\tpath"; the size is "-" of a submodule, and "BAD" of content that is missing. */
const entryPattern = /^(?<mode>\d{6}) \w+ (?<id>[0-9a-f]{40}) +(?<size>\S+)\t(?<path>[^]+)$/;

/** The files of a commit. Throws RepositoryError. */
export async function readTree(git: InertGit, head: string): Promise<Tree> {
  const text = await git.text(['ls-tree', '-r', '-l', '-z', '--full-tree', head], { maxBytes: maxTreeBytes });
  const files: TreeFile[] = [];
  const submodules: string[] = [];
  for (const entry of text.split('\0')) {
    if (entry === '') continue;
    const { mode = '', id = '', size = '', path = '' } = entryPattern.exec(entry)?.groups ?? {};
    if (path === '')
      throw new RepositoryError('incomplete', 'The list of files has another form than git writes.');
    if (mode === '160000') submodules.push(path);
    // Symbolic links are left out.
    else if (mode.startsWith('100'))
      files.push({ path, id, bytes: /^\d+$/.test(size) ? Number(size) : null });
  }
  return { files, submodules };
}
