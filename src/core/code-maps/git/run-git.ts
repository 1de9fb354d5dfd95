import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inheritedVariables } from '#shared/domain/environment.ts';
import { RepositoryError } from '../repository-error.ts';
import type { ScanProblem } from '#shared/contract/code-maps.ts';

/** The environment of a git that uses no configuration of the computer, runs no program, and asks nothing. `home` is an empty folder. */
export const inertEnvironment = (home: string): NodeJS.ProcessEnv => ({
  ...inheritedVariables(['PATH', 'SystemRoot']),
  HOME: home,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: join(home, 'no-grafts'),
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'https',
});

export interface GitRun {
  /** An absolute path. */
  git: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** For its standard input. */
  input?: string | undefined;
  onData: (chunk: Buffer) => void;
  /** Of the output, in bytes. */
  maxBytes: number;
  /** The code of an error if git fails. */
  problem: ScanProblem;
}

const maxMessageLength = 2000;

/** Streams the output. Throws what `onData` throws, and RepositoryError (`problem` with git's message, `too_large`). */
export async function runGit({
  git,
  args,
  cwd,
  env,
  input,
  onData,
  maxBytes,
  problem,
}: GitRun): Promise<void> {
  const child = spawn(git, args, { cwd, env, stdio: 'pipe', windowsHide: true });
  // If git ends early, its exit code tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let [bytes, message] = [0, ''];
  let failure: Error | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (failure !== undefined) return;
    try {
      if (bytes > maxBytes) throw new RepositoryError('too_large', `git wrote more than ${maxBytes} bytes.`);
      onData(chunk);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      child.kill('SIGKILL');
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    message = `${message}${chunk.toString('utf8')}`.slice(-maxMessageLength);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (error) => reject(new RepositoryError('git_missing', error.message)));
  });
  if (failure !== undefined) throw failure;
  if (code !== 0) throw new RepositoryError(problem, message.trim() || `git ended with code ${code}.`);
}
