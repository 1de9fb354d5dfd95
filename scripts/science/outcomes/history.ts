/** As git's name-status: added, modified, type changed, deleted. */
export type ChangeKind = 'A' | 'M' | 'T' | 'D';

export interface FileChange {
  file: number;
  kind: ChangeKind;
}

export interface Commit {
  /** The day on which the author made it, in days since 1970. */
  day: number;
  authors: readonly number[];
  changes: readonly FileChange[];
}

/** What a project's history says about who changed what. Authors and files are numbers. */
export interface History {
  /** Parents first, as git lists them. Days can go back, because authors write commits long before they are merged. */
  commits: readonly Commit[];
  /** The path of each file. */
  paths: readonly string[];
}

const isChangeKind = (kind: string | undefined): kind is ChangeKind =>
  kind !== undefined && /^[AMTD]$/.test(kind);

/**
 * Reads a history as tab-separated lines: `C <unix day> <author>[,author…]`, then `A`, `M`, `T` or `D` with the number of each file; at
 * the end `F <file> <path>`. Throws an error that names the source and the line.
 */
export function readHistory(text: string, source: string): History {
  const commits: (Commit & { changes: FileChange[] })[] = [];
  const paths: string[] = [];
  const firstLines = new Map<number, number>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const fail = (reason: string): never => {
      throw new Error(`${source}, line ${index + 1}: ${reason}: “${line.slice(0, 80)}”.`);
    };
    const numberOf = (value = ''): number =>
      /^\d{1,9}$/.test(value) ? Number(value) : fail(`“${value.slice(0, 20)}” is not a number`);
    const [kind, first, second = '', ...others] = line.split('\t');
    if (others.length > 0) fail('there are too many columns');
    if (kind === 'C')
      commits.push({ day: numberOf(first), authors: second.split(',').map(numberOf), changes: [] });
    else if (kind === 'F') {
      const file = numberOf(first);
      if (second === '') fail('the path is missing');
      if (paths[file] !== undefined) fail('this file has a path already');
      paths[file] = second;
    } else if (isChangeKind(kind)) {
      const file = numberOf(first);
      const commit = commits.at(-1) ?? fail('there is no commit before this change');
      commit.changes.push({ file, kind });
      if (!firstLines.has(file)) firstLines.set(file, index + 1);
    } else fail('a line begins with C, A, M, T, D or F');
  }
  if (commits.length === 0) throw new Error(`${source} has no commits.`);
  for (const [file, line] of firstLines)
    if (paths[file] === undefined) throw new Error(`${source}, line ${line}: file ${file} has no path.`);
  return { commits, paths };
}

/** The text that `readHistory` reads. */
export const formatHistory = ({ commits, paths }: History): string =>
  [
    ...commits.flatMap(({ day, authors, changes }) => [
      `C\t${day}\t${authors.join(',')}`,
      ...changes.map(({ kind, file }) => `${kind}\t${file}`),
    ]),
    ...paths.map((path, file) => `F\t${file}\t${path}`),
    '',
  ].join('\n');
