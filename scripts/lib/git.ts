import { execFileSync, spawn } from 'node:child_process';
import { root } from './paths.ts';

/**
 * Runs git in the project and returns what it prints, trimmed. `input` is its standard input. Throws outside of a clone. Git refuses a clone that another user owns
 * ("dubious ownership"), as the jobs of a pipeline have it in a container; we already run code of this one.
 */
export function git(args: readonly string[], folder = root, input?: string): string {
  return execFileSync('git', ['-c', `safe.directory=${folder}`, ...args], {
    cwd: folder,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // The log of a large project has tens of megabytes.
    maxBuffer: 2 ** 30,
  }).trim();
}

/** Runs git like `git` and reads its output without keeping it. */
export const drainGit = (args: readonly string[], folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', `safe.directory=${folder}`, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`git ended with code ${code}`)),
    );
  });

/** The commit of the project. Throws outside of a clone. */
export const currentCommit = (): string => git(['rev-parse', 'HEAD']);
