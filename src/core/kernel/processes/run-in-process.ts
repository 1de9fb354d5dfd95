import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText, writeNewFile } from '#files/open-file.ts';
import { answerFile, diskMark, hasProcessGroups, memoryMark, requestFile, timeMark } from './task.ts';
import type { ProcessAnswer, ProcessRequest, ProcessTask } from './task.ts';
import { readTaskProgress } from './task-progress.ts';
import type { OnProgress } from '../progress.ts';
import { fileURLToPath } from 'node:url';
import { taskProgramVariable } from '#shared/shell/task-program.ts';
import { inheritedVariables, processEnvironment } from '#shared/domain/environment.ts';

/** `failed`: the task threw. `crashed`: the process did not start or ended without an answer. */
export type ProcessFault = 'timeout' | 'memory' | 'disk' | 'crashed' | 'failed';

export class ProcessFailure extends Error {
  readonly fault: ProcessFault;
  readonly code: string | undefined;

  constructor(fault: ProcessFault, message: string, code?: string) {
    super(message);
    this.fault = fault;
    this.code = code;
  }
}

export interface ProcessLimits {
  /** Milliseconds for the task itself. Starting takes another 0.1 s in Node and 0.3 s in Electron, more on a busy machine. */
  timeoutMs: number;
  /** Resident memory of the process, in bytes. It starts with 55 MB in Node and 110 MB in Electron. */
  maxBytes: number;
  /** Of temporary files; default 500 MB. */
  maxDiskBytes?: number;
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
}

/** A larger answer counts as a crash: untrusted input can have taken over the process. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** Extra milliseconds for starting, before this process kills the process of the task. */
const startupMs = 10_000;
const progressMs = 200;

/** Runs a task in a separate process. Request and answer are files: a GUI program on Windows has no standard input. */
export async function runInProcess<I, R>(
  task: ProcessTask<I, R>,
  input: I,
  { timeoutMs, maxBytes, maxDiskBytes = 500_000_000, signal, onProgress }: ProcessLimits,
): Promise<R> {
  signal?.throwIfAborted();
  // mkdtemp makes the folder private to this user.
  const folder = await mkdtemp(join(tmpdir(), 'frames-task-'));
  const forward = async (): Promise<void> => {
    const progress = await readTaskProgress(folder);
    if (progress) onProgress?.({ kind: 'progress', ...progress });
  };
  const timer = onProgress && setInterval(() => void forward(), progressMs);
  try {
    const request: ProcessRequest = {
      task: task.taskName,
      input,
      maxBytes,
      maxDiskBytes,
      timeoutMs,
      parent: process.pid,
    };
    await writeNewFile(join(folder, requestFile), JSON.stringify(request), { mode: 0o600 });
    const { code, hasTimedOut } = await runProgram(folder, timeoutMs + startupMs, signal);
    signal?.throwIfAborted();
    if (hasTimedOut || existsSync(join(folder, timeMark)))
      throw new ProcessFailure('timeout', `It took longer than ${timeoutMs} ms.`);
    if (existsSync(join(folder, memoryMark)))
      throw new ProcessFailure('memory', `It needed more than ${maxBytes} bytes of memory.`);
    if (existsSync(join(folder, diskMark)))
      throw new ProcessFailure('disk', `It wrote more than ${maxDiskBytes} bytes of temporary files.`);
    if (code !== 0) throw new ProcessFailure('crashed', `The process ended with code ${code}.`);
    const answer = await readAnswer(folder);
    if ('failed' in answer) throw new ProcessFailure('failed', answer.failed.message, answer.failed.code);
    return answer.output as R;
  } finally {
    clearInterval(timer);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Resolves when the process has ended; kills it after `maxMs` or when the signal is aborted. */
async function runProgram(
  folder: string,
  maxMs: number,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; hasTimedOut: boolean }> {
  signal?.throwIfAborted();
  const [command, ...args] = taskProgram();
  let hasTimedOut = false;
  const child = spawn(command, [...args, folder], {
    cwd: folder,
    env: taskEnvironment(folder),
    stdio: 'ignore',
    windowsHide: true,
    detached: hasProcessGroups,
  });
  const kill = (): void => killWithChildren(child);
  const timer = setTimeout(() => {
    hasTimedOut = true;
    kill();
  }, maxMs);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', (error) => reject(new ProcessFailure('crashed', error.message)));
    });
    return { code, hasTimedOut };
  } finally {
    // A task that killed itself leaves the programs that it started.
    kill();
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
}

/** Ends a task and the programs that it started. */
function killWithChildren({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (hasProcessGroups) process.kill(-pid, 'SIGKILL');
    else spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
  } catch {
    // All of them have ended.
  }
}

async function readAnswer(folder: string): Promise<ProcessAnswer> {
  const file = join(folder, answerFile);
  try {
    return JSON.parse(await readText(file, { maxBytes: maxAnswerBytes })) as ProcessAnswer;
  } catch {
    // The error below reports a missing or unreadable answer.
  }
  throw new ProcessFailure('crashed', 'The process gave no answer that can be read.');
}

/** Paths of the task program: in `core`, or when bundled in `out` or a subfolder. */
const programPaths = ['../../process.ts', '../process.js', '../../process.js', './process.js'];

/** The task program and its first arguments: the one that the shell names in the environment, otherwise this Node. */
function taskProgram(): readonly [command: string, ...args: string[]] {
  const fromShell = processEnvironment()[taskProgramVariable];
  if (fromShell) return JSON.parse(fromShell) as [string, ...string[]];
  const program = programPaths
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('The program that runs tasks is missing.');
  return [process.execPath, program];
}

const inheritedNames = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir', 'LD_LIBRARY_PATH'];

/** The environment of a task: only these variables of the user's; all temporary files go to `folder`. */
function taskEnvironment(folder: string): NodeJS.ProcessEnv {
  const folders = { HOME: folder, TMPDIR: folder, TMP: folder, TEMP: folder, SQLITE_TMPDIR: folder };
  return { ...inheritedVariables(inheritedNames), ...folders };
}
