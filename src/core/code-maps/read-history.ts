import { languageOf } from './code-files.ts';
import { GitError, InertGit } from './git/inert-git.ts';
import { locateRepository } from './git/locate.ts';
import type { Repository } from './git/locate.ts';
import { LogParser, logArguments } from './git/log-parser.ts';
import type { Commit } from './git/log-parser.ts';
import { History } from './history.ts';
import { Identities, isBot, parseSignature } from './identities.ts';

/** Output limits, in bytes: ten times what a repository of 60,000 commits needs. */
const [maxLogBytes, maxTreeBytes] = [1_000_000_000, 200_000_000];

export interface RepositoryHistory {
  repository: Repository;
  history: History;
  identities: Identities;
  /** People who are programs. */
  bots: ReadonlySet<number>;
  /** Code files of the head, without symbolic links and submodules. */
  files: readonly string[];
}

export interface ReadHistoryOptions {
  /** An empty, private folder. */
  scratch: string;
  signal?: AbortSignal | undefined;
  /** The commits read, of the known total. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads who changed which file of a repository, by the commits of its head without merges. Throws RepositoryError and GitError: a history
 * that is incomplete gives no answer.
 */
export async function readHistory(
  folder: string,
  { scratch, signal, onProgress }: ReadHistoryOptions,
): Promise<RepositoryHistory> {
  const repository = await locateRepository(folder);
  const { head, objects } = repository;
  const git = new InertGit(scratch, objects);
  const count = await git.text(['rev-list', '--count', '--no-merges', head], { signal, maxBytes: 1000 });
  const total = Number(count.trim());
  const identities = new Identities();
  const history = new History((path) => languageOf(path) !== null);
  const addCommit = (commit: Commit): void => {
    const signatures = [commit, ...commit.coAuthors.flatMap((text) => parseSignature(text) ?? [])];
    history.add(
      commit,
      signatures.map(({ name, email }) => identities.add({ name, email })),
    );
    onProgress?.(history.commits, total);
  };
  const parser = new LogParser(addCommit);
  await git.run(['-c', `mailmap.blob=${head}:.mailmap`, ...logArguments, head, '--'], {
    onData: (chunk) => parser.push(chunk),
    signal,
    maxBytes: maxLogBytes,
  });
  parser.end();
  if (history.commits !== total)
    throw new GitError('failed', `The history has ${total} commits, and ${history.commits} could be read.`);
  const bots = identities.signatures.flatMap((signature, id) =>
    isBot(signature) ? [identities.personOf(id)] : [],
  );
  return { repository, history, identities, bots: new Set(bots), files: await codeFiles(git, head, signal) };
}

/** "100644 blob 8f9…\tpath" */
const treeEntry = /^(?<mode>\d{6}) \w+ [0-9a-f]+\t(?<path>[^]*)$/;

async function codeFiles(git: InertGit, head: string, signal: AbortSignal | undefined): Promise<string[]> {
  const tree = await git.text(['ls-tree', '-r', '-z', '--full-tree', head], {
    signal,
    maxBytes: maxTreeBytes,
  });
  return tree.split('\0').flatMap((entry) => {
    const { mode = '', path = '' } = treeEntry.exec(entry)?.groups ?? {};
    // Regular files only.
    return mode.startsWith('100') && languageOf(path) !== null ? [path] : [];
  });
}
