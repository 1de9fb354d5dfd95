import { readShippedSync } from '#files/open-file.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Command } from './command.ts';
import { askPerson } from './prompts.ts';
import { run } from './run.ts';
import { standardInput } from './standard-input.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

export type LogError = (error: unknown, requestId: string) => void;

/** Runs the command line of this process and sets its exit code. */
export async function runProgram(commands: readonly Command[], logError: LogError): Promise<void> {
  const requestId = createIds(systemClock, systemRandom).uuid();
  const { signal, release } = interruptSignal();

  // A reader that stops early (`frames … | head`) closes the pipe, which is no error.
  let isOutputLost = false;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (isOutputLost || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    isOutputLost = true;
    process.exitCode = 1;
    process.stderr.write(`frames: The output cannot be written (${code ?? 'unknown error'}).\n`);
  });
  // A message that cannot be written is lost; the exit code says the same.
  process.stderr.on('error', () => {});

  // Uncaught errors must not print a stack trace.
  process.on('uncaughtException', (error) => {
    logError(error, requestId);
    process.stderr.write(`frames: Internal error. Trace id: ${requestId}\n`);
    process.exit(1);
  });

  const exitCode = await run(process.argv.slice(2), commands, {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: processEnvironment(),
    ask:
      process.stdin.isTTY && process.stderr.isTTY
        ? (question, options) => askPerson(question, { signal, ...options })
        : undefined,
    input: standardInput(process),
    workingFolder: process.cwd(),
    signal,
    requestId,
    version: readVersion(),
    now: () => systemClock.now(),
    logUnexpected: (error) => logError(error, requestId),
  });
  process.exitCode = exitCode === 0 && isOutputLost ? 1 : exitCode;
  release();
}

/**
 * The first Ctrl+C (or SIGTERM) aborts the signal, so that long work rolls back. The second ends the process at once; SQLite recovers by itself.
 * `process.exit` would wait for threads, so the second gets the system's default.
 */
function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const release = (): void => {
    for (const name of names) process.off(name, interrupt);
  };
  const interrupt = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) return controller.abort();
    release();
    process.kill(process.pid, name);
  };
  for (const name of names) process.on(name, interrupt);
  return { signal: controller.signal, release };
}

/** Reads the program's version. The relative path fits this file and its bundles, which lie at the same depth. */
function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readShippedSync(file)) as { version: string }).version;
}
