import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { commands } from './commands/index.ts';
import { askPerson } from './prompts.ts';
import { run } from './run.ts';
import { workspaceLog } from './workspace.ts';

const argv = process.argv.slice(2);
const requestId = createIds(systemClock, systemRandom).uuid();
const { signal, release } = interruptSignal();

/**
 * A signal that is raised by the first Ctrl+C (or a request to end), so that long work is rolled back in good order. A second
 * one ends the process at once; SQLite then rolls back by itself.
 */
function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function workspaceIn(line: readonly string[]): string | undefined {
  const at = line.findIndex((word) => word === '--workspace' || word.startsWith('--workspace='));
  const word = line[at];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : line[at + 1];
}

function logError(error: unknown): void {
  const folder = workspaceIn(argv);
  if (folder === undefined) return;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  workspaceLog(resolve(folder)).error(
    { trace_id: requestId, requestId, error: message, stack },
    'the command failed',
  );
}

// A reader that has seen enough (`frames … | head`) closes the pipe: that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') process.exitCode = 1;
  });
}

// What escapes everything else must not show a person a stack trace.
process.on('uncaughtException', (error) => {
  logError(error);
  process.stderr.write(`frames: Internal error. Trace id: ${requestId}\n`);
  process.exit(1);
});

process.exitCode = await run(argv, commands, {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  ask: process.stdin.isTTY && process.stderr.isTTY ? (question) => askPerson(question, signal) : undefined,
  input: process.stdin.isTTY ? undefined : () => buffer(process.stdin),
  folder: process.cwd(),
  signal,
  requestId,
  version: version(),
  now: () => systemClock.now(),
  unforeseen: logError,
});
release();
