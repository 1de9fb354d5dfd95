import { RepositoryError } from '../repository-error.ts';

/** One changed path of a commit. Ids name contents; they are all zeros where there is none. */
export interface PathChange {
  /** "A" added, "M" modified, "D" deleted, "T" type changed. */
  status: string;
  /** Octal file mode after the change, such as "100644" of a file, "120000" of a symbolic link, "160000" of a submodule. */
  mode: string;
  oldId: string;
  newId: string;
  path: string;
}

export interface Commit {
  id: string;
  /** Its changes are not listed. */
  isMerge: boolean;
  /** After the mailmap of the repository. */
  name: string;
  email: string;
  /** Seconds since 1970, as the author's computer stated it; NaN if that is no number. */
  time: number;
  /** When it was committed, merged or rebased: as `time`. */
  committed: number;
  /** "Cy <cy@example.org>" of each co-author. */
  coAuthors: string[];
  /** Ids of the tasks that the commit is evidence for. */
  tasks: string[];
  changes: PathChange[];
}

const [headerMark, listSeparator] = ['\u0001', '\u0002'];
const trailers = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x02)`;

/** Arguments of `git` for `LogParser`: lists commits, newest first, each with its changed paths. */
export const logArguments: readonly string[] = [
  'log',
  '-z',
  '--raw',
  '--no-abbrev',
  // Its search for renames can take minutes, and reads contents that may be missing.
  '--no-renames',
  '--no-diff-merges',
  '--no-ext-diff',
  '--no-textconv',
  '--no-show-signature',
  `--format=%x01%H%x00%P%x00%aN%x00%aE%x00%at%x00%ct%x00${trailers('Co-authored-by')}%x00${trailers('Frames-Task')}`,
];

const fieldCount = 8;
/** A longer name, message or path is an attack or a mistake. */
const maxTokenBytes = 8 * 1024 * 1024;

const isHeader = (token: string): boolean =>
  token.startsWith(headerMark) && /^[0-9a-f]{40}$/.test(token.slice(headerMark.length));
const timeOf = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Number.NaN);
const listOf = (text: string): string[] =>
  text
    .split(listSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Reads the output of `logArguments` in chunks of any size. Throws if it has another form. */
export class LogParser {
  readonly #onCommit: (commit: Commit) => void;
  #rest: Buffer = Buffer.alloc(0);
  #fields: string[] = [];
  #commit: Commit | null = null;
  /** The fields of a status token; the next token is its path. */
  #status: string[] | null = null;

  constructor(onCommit: (commit: Commit) => void) {
    this.#onCommit = onCommit;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0, start); end !== -1; end = bytes.indexOf(0, start)) {
      this.#readToken(bytes.toString('utf8', start, end));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    if (this.#rest.length > maxTokenBytes)
      throw new RepositoryError('too_large', 'The history has a name or path that is too long.');
  }

  /** Call after the last chunk. */
  end(): void {
    // The last commit of a log without changes ends without a separator.
    if (this.#rest.length > 0) this.#readToken(this.#rest.toString('utf8'));
    this.#rest = Buffer.alloc(0);
    if (this.#fields.length > 0 || this.#status)
      throw new RepositoryError('incomplete', 'The history is cut off.');
    this.#finish();
  }

  #readToken(token: string): void {
    if (this.#status) this.#readPath(token);
    else if (this.#fields.length > 0) this.#readField(token);
    else if (isHeader(token)) {
      this.#finish();
      this.#fields = [token.slice(headerMark.length)];
    } else if (/^\n?:/.test(token)) this.#status = token.replace(/^\n?:/, '').split(' ');
    else if (token !== '' && token !== '\n')
      throw new RepositoryError('incomplete', 'The history has another form than git writes.');
  }

  #readField(token: string): void {
    this.#fields.push(token);
    if (this.#fields.length < fieldCount) return;
    const [id = '', parents = '', name = '', email = '', ...rest] = this.#fields;
    const [time = '', committed = '', coAuthors = '', tasks = ''] = rest;
    this.#fields = [];
    this.#commit = {
      id,
      isMerge: parents.includes(' '),
      name,
      email,
      time: timeOf(time),
      committed: timeOf(committed),
      coAuthors: listOf(coAuthors),
      tasks: listOf(tasks),
      changes: [],
    };
  }

  #readPath(path: string): void {
    const [, mode = '', oldId = '', newId = '', status = ''] = this.#status ?? [];
    this.#status = null;
    if (!this.#commit) throw new RepositoryError('incomplete', 'The history has a change without a commit.');
    this.#commit.changes.push({ status: status.slice(0, 1), mode, oldId, newId, path });
  }

  #finish(): void {
    if (this.#commit) this.#onCommit(this.#commit);
    this.#commit = null;
  }
}
