import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.ts';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const graceMs = 10_000;
const pollMs = 50;

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Run `command` through the shell; `args` must then be empty. */
  shell?: boolean;
  /** Receives everything the command prints; without it the output goes to ours. */
  onOutput?: (text: string) => void;
}

/**
 * Runs a command in the project's folder, shows its output, and returns its exit code (128 + the
 * signal's number when it was killed). The command gets a process group of its own: ending us ends all
 * of it, each with time to clean up behind itself, and nothing of the group outlives it.
 */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<number> {
  const grouped = process.platform !== 'win32';
  const child = spawn(command, args, {
    cwd: root,
    env: options.env ?? process.env,
    shell: options.shell ?? false,
    detached: grouped,
    stdio: options.onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => options.onOutput?.(text));
  /** Signals the whole group; says whether anything of it was left. 0 only asks. */
  const send = (signal: NodeJS.Signals | 0): boolean => {
    if (child.pid === undefined) return false;
    try {
      return process.kill(grouped ? -child.pid : child.pid, signal);
    } catch {
      return false;
    }
  };
  let lastResort: NodeJS.Timeout | undefined;
  const forward = (signal: NodeJS.Signals): void => {
    send(signal);
    lastResort ??= setTimeout(() => send('SIGKILL'), graceMs);
  };
  for (const signal of endings) process.on(signal, forward);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once(
        options.onOutput ? 'close' : 'exit',
        (status: number | null, signal: NodeJS.Signals | null) =>
          resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
    for (let waited = 0; send(0) && waited < graceMs; waited += pollMs) await sleep(pollMs);
    send('SIGKILL');
    return code;
  } finally {
    clearTimeout(lastResort);
    for (const signal of endings) process.off(signal, forward);
  }
}
