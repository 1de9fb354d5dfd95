import { spawn } from 'node:child_process';
import { root } from './paths.ts';

export interface Captured {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CaptureOptions {
  /** Where it runs; by default in the project's folder. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Kills the command when it fires. */
  signal?: AbortSignal;
}

/**
 * Runs a command and keeps what it prints. A command that is not there gives
 * code 127. Throws only when `signal` fired.
 */
export async function capture(
  command: string,
  args: string[],
  options: CaptureOptions = {},
): Promise<Captured> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal, killSignal: 'SIGKILL' as const } : {}),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ code: 127, stdout, stderr: error.message });
      else reject(error);
    });
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
