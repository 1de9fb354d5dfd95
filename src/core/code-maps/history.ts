import type { Commit } from './git/log-parser.ts';
import { findRenames } from './git/renames.ts';

export interface FileChange {
  /** Ids of people; several for a commit with co-authors. */
  authors: readonly number[];
  /** Seconds since 1970; NaN if unknown. */
  time: number;
  isAddition: boolean;
  /** Moved with the same content. */
  isRename: boolean;
  /** Part of a commit that added many code files. */
  isBulk: boolean;
}

/** A commit that adds at least this many code files is an import: its files count as authored only once they change. */
const minBulkAdditions = 30;

/**
 * Changes of each path. The history of a file is all changes of its path and, transitively, of the paths it was renamed from. It does not
 * depend on the order of commits.
 */
export class History {
  readonly #isCode: (path: string) => boolean;
  readonly #changesByPath = new Map<string, FileChange[]>();
  readonly #earlierPaths = new Map<string, Set<string>>();
  commits = 0;

  constructor(isCode: (path: string) => boolean) {
    this.#isCode = isCode;
  }

  /** `authors` are signatures, which `changesOf` turns into people. */
  add({ time, changes }: Pick<Commit, 'time' | 'changes'>, authors: readonly number[]): void {
    this.commits += 1;
    const renamedTo = new Set<string>();
    for (const { from, to } of findRenames(changes)) {
      renamedTo.add(to);
      const earlierPaths = this.#earlierPaths.get(to) ?? new Set();
      this.#earlierPaths.set(to, earlierPaths.add(from));
    }
    const isAdded = (status: string, path: string): boolean => status === 'A' && !renamedTo.has(path);
    const additions = changes.filter(({ status, path }) => isAdded(status, path) && this.#isCode(path));
    const isBulk = additions.length >= minBulkAdditions;
    for (const { status, path } of changes) {
      // A deletion says nothing about knowledge of the file.
      if (status === 'D') continue;
      const isAddition = isAdded(status, path);
      const pathChanges = this.#changesByPath.get(path) ?? [];
      const isRename = renamedTo.has(path);
      pathChanges.push({ authors, time, isAddition, isRename, isBulk: isBulk && isAddition });
      this.#changesByPath.set(path, pathChanges);
    }
  }

  /** The history of the file that now has this path, in no particular order, by people. */
  changesOf(path: string, personOf: (signature: number) => number): FileChange[] {
    const paths = new Set([path]);
    for (const later of paths) for (const earlier of this.#earlierPaths.get(later) ?? []) paths.add(earlier);
    return [...paths]
      .flatMap((each) => this.#changesByPath.get(each) ?? [])
      .map((change) => ({ ...change, authors: [...new Set(change.authors.map(personOf))] }));
  }
}
