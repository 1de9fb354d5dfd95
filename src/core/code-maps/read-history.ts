import { languageOf } from './code-files.ts';
import type { InertGit } from './git/inert-git.ts';
import { LogParser, logArguments } from './git/log-parser.ts';
import type { Commit } from './git/log-parser.ts';
import type { Tree } from './git/read-tree.ts';
import { History } from './history.ts';
import { parseSignature } from './identities.ts';
import type { Signature } from './account-keys.ts';
import type { Identities } from './identities.ts';
import { RepositoryError } from './repository-error.ts';

/** Output limits, in bytes: ten times what a repository of 60,000 commits needs. */
const maxLogBytes = 1_000_000_000;
const maxMailmapBytes = 5_000_000;

/** A computer with a wrong clock states times before this one, or after now. In seconds. */
const minTime = Date.UTC(1990) / 1000;
const maxAhead = 24 * 3600;

export interface TaskEvidence {
  task: string;
  commit: string;
  /** Seconds since 1970; NaN if unknown. */
  time: number;
}

export interface HistoryReading {
  history: History;
  /** The person of an author in `history`. */
  personOf: (author: number) => number;
  /** The time of the newest commit of each person with a known one, in seconds. */
  lastTimes: ReadonlyMap<number, number>;
  /** The time of the newest commit; null if all are unknown. */
  newest: number | null;
  unknownDates: number;
  /** The earliest commit of each task. */
  tasks: ReadonlyMap<string, TaskEvidence>;
}

export interface ReadHistoryOptions {
  identities: Identities;
  tree: Tree;
  /** Milliseconds since 1970. */
  now: number;
  /** Commits that are read, of the known total. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads who changed which file, by the commits of `head` without merges; merges are read for their tasks. Throws RepositoryError: a
 * history that is incomplete gives no answer.
 */
export async function readHistory(
  git: InertGit,
  head: string,
  { identities, tree, now, onProgress }: ReadHistoryOptions,
): Promise<HistoryReading> {
  const mailmap = checkMailmap(head, tree);
  const history = new History((path) => languageOf(path) !== null);
  const signatures = new SignatureList();
  let newest: number | null = null;
  const lastTimes = new Map<number, number>();
  const tasks = new Map<string, TaskEvidence>();
  const maxTime = now / 1000 + maxAhead;
  const known = (time: number): number => (time >= minTime && time <= maxTime ? time : Number.NaN);
  let [commits, unknownDates, total] = [0, 0, Number.NaN];
  const addCommit = (commit: Commit): void => {
    commits += 1;
    if (!Number.isNaN(total)) onProgress?.(commits, total);
    addTasks(tasks, commit.tasks, { commit: commit.id, time: known(commit.committed) });
    if (commit.isMerge) return;
    const authors = [
      signatures.add(commit),
      ...commit.coAuthors.flatMap((text) => {
        const signature = parseSignature(text);
        return signature ? [signatures.add(signature, true)] : [];
      }),
    ];
    const time = known(commit.time);
    history.add({ time, changes: commit.changes }, authors);
    if (Number.isNaN(time)) {
      unknownDates += 1;
      return;
    }
    newest = Math.max(newest ?? time, time);
    for (const author of authors)
      lastTimes.set(author, Math.max(lastTimes.get(author) ?? Number.NEGATIVE_INFINITY, time));
  };
  const parser = new LogParser(addCommit);
  const readLog = async (): Promise<void> => {
    await git.run([...mailmap, ...logArguments, head, '--'], {
      onData: (chunk) => parser.push(chunk),
      maxBytes: maxLogBytes,
    });
    parser.end();
  };
  const countCommits = async (): Promise<void> => {
    total = Number(await git.text(['rev-list', '--count', head], { maxBytes: 1000 }));
  };
  // At the same time: counting takes a tenth as long as the log.
  await Promise.all([readLog(), countCommits()]);
  onProgress?.(commits, total);
  if (commits !== total)
    throw new RepositoryError('incomplete', `${commits} of ${total} commits could be read.`);
  const ids = (await signatures.mapped(git, mailmap)).map((signature) => identities.add(signature));
  const personOf = (author: number): number => identities.personOf(ids[author] as number);
  return {
    history,
    personOf,
    lastTimes,
    newest,
    unknownDates,
    tasks,
  };
}

/** Arguments for git's mailmap. Without its content people would be joined wrongly, and git would not say so. */
function checkMailmap(head: string, tree: Tree): string[] {
  const file = tree.files.find(({ path }) => path === '.mailmap');
  if (file?.bytes === null) throw new RepositoryError('incomplete', 'The content of .mailmap is missing.');
  if (file && file.bytes > maxMailmapBytes) throw new RepositoryError('too_large', '.mailmap is too large.');
  return ['-c', `mailmap.blob=${head}:.mailmap`];
}

const taskPattern = /^[\w-]{1,64}$/;

function addTasks(
  tasks: Map<string, TaskEvidence>,
  ids: readonly string[],
  { commit, time }: Omit<TaskEvidence, 'task'>,
): void {
  for (const task of ids) {
    const known = tasks.get(task);
    // The log has children before parents: of equal or unknown times, the later one in the log is earlier.
    if (taskPattern.test(task) && !(known && known.time < time)) tasks.set(task, { task, commit, time });
  }
}

/** The different signatures of a history: those of authors, which the log has mapped, and those of co-authors. */
class SignatureList {
  readonly #signatures: Signature[] = [];
  readonly #coAuthors: number[] = [];
  readonly #indexByText = new Map<string, number>();

  add({ name, email }: Signature, isCoAuthor = false): number {
    const text = `${isCoAuthor} ${name}\n${email}`;
    const known = this.#indexByText.get(text);
    if (known !== undefined) return known;
    const index = this.#signatures.push({ name, email }) - 1;
    this.#indexByText.set(text, index);
    if (isCoAuthor) this.#coAuthors.push(index);
    return index;
  }

  /** All signatures, after the mailmap. */
  async mapped(git: InertGit, mailmap: readonly string[]): Promise<Signature[]> {
    const signatures = [...this.#signatures];
    if (this.#coAuthors.length === 0) return signatures;
    const lines = this.#coAuthors.map((index) => {
      const { name, email } = signatures[index] as Signature;
      return `${name} <${email}>`;
    });
    const text = await git.text([...mailmap, 'check-mailmap', '--stdin'], {
      input: `${lines.join('\n')}\n`,
      maxBytes: maxLogBytes,
    });
    const answers = text.trimEnd().split('\n').map(parseSignature);
    if (answers.length !== lines.length)
      throw new RepositoryError('incomplete', 'The mailmap could not be applied to all co-authors.');
    for (const [position, index] of this.#coAuthors.entries())
      signatures[index] = answers[position] ?? (signatures[index] as Signature);
    return signatures;
  }
}
