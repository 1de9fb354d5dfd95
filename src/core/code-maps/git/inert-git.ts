import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { writeNewFileSync } from '#files/open-file.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

export class GitError extends Error {
  /** `missing`: no git on this computer. `failed`: it ended with an error. `limit`: it wrote more than allowed. */
  readonly reason: 'missing' | 'failed' | 'limit';

  constructor(reason: GitError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The absolute path of git in the folders of PATH; a relative folder could be the repository. Throws GitError (`missing`). */
export function findGit(path = processEnvironment()['PATH'] ?? ''): string {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // The next folder may have it.
    }
  }
  throw new GitError('missing', 'There is no git on this computer.');
}

/** A path with a separator in it must be quoted as in C, or git sees no folder there. */
const quotedPath = (path: string): string =>
  path.includes(delimiter) || path.startsWith('"')
    ? `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : path;

interface RunOptions {
  onData: (chunk: Buffer) => void;
  signal?: AbortSignal | undefined;
  /** Of the output, in bytes. */
  maxBytes: number;
}

/**
 * Runs git over the objects of a repository from an empty git directory of our own. Nothing that the repository configures is used: no
 * hooks, filters, replacements, grafts, remotes or programs. The repository's folder is never written.
 */
export class InertGit {
  readonly #git: string;
  readonly #cwd: string;
  readonly #environment: NodeJS.ProcessEnv;

  /** `folder` is empty and private; the git directory is made in it. */
  constructor(folder: string, objects: string, git = findGit()) {
    const own = join(folder, 'git');
    this.#git = git;
    // git reads a .mailmap of its current folder.
    this.#cwd = join(own, 'cwd');
    for (const name of ['objects', 'refs', 'cwd']) mkdirSync(join(own, name), { recursive: true });
    writeNewFileSync(join(own, 'HEAD'), 'ref: refs/heads/none\n');
    // A forged commit graph hides commits.
    writeNewFileSync(
      join(own, 'config'),
      '[core]\n\tbare = true\n\trepositoryformatversion = 0\n\tcommitGraph = false\n',
    );
    this.#environment = {
      PATH: processEnvironment()['PATH'],
      SystemRoot: processEnvironment()['SystemRoot'],
      HOME: own,
      LC_ALL: 'C',
      GIT_DIR: own,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quotedPath(objects),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_GRAFT_FILE: join(own, 'no-grafts'),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'https',
    };
  }

  /** Streams the output. Throws GitError (`failed` with its last message, `limit`); an aborted signal ends git and throws its reason. */
  async run(args: readonly string[], { onData, signal, maxBytes }: RunOptions): Promise<void> {
    signal?.throwIfAborted();
    const child = spawn(this.#git, args, {
      cwd: this.#cwd,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const kill = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', kill, { once: true });
    let [bytes, message] = [0, ''];
    let problem: Error | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (problem !== undefined) return;
      try {
        if (bytes > maxBytes) throw new GitError('limit', `git wrote more than ${maxBytes} bytes.`);
        onData(chunk);
      } catch (error) {
        problem = error instanceof Error ? error : new Error(String(error));
        kill();
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      message = `${message}${chunk.toString('utf8')}`.slice(-2000);
    });
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('close', resolve);
        child.once('error', (error) => reject(new GitError('missing', error.message)));
      });
      signal?.throwIfAborted();
      if (problem !== undefined) throw problem;
      if (code !== 0) throw new GitError('failed', message.trim() || `git ended with code ${code}.`);
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  /** The whole output as text. */
  async text(args: readonly string[], options: Omit<RunOptions, 'onData'>): Promise<string> {
    const chunks: Buffer[] = [];
    await this.run(args, { ...options, onData: (chunk) => chunks.push(chunk) });
    return Buffer.concat(chunks).toString('utf8');
  }
}
