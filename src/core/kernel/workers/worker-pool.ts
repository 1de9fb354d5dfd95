import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Log } from '../logger.ts';
import type { OnTaskProgress, Task, TaskMessage, TaskRequest } from './task.ts';

/** Paths of the worker program: in `core`, or when bundled in `out` or a subfolder. */
const programPaths = ['../../worker.ts', '../worker.js', '../../worker.js'];

/** How long an idle worker is kept: a backup needs several in a row. */
const idleTimeoutMs = 10_000;
const maxIdleWorkers = 3;

/** A worker could not be started or crashed. The task can run in this thread instead. */
export class NoWorker extends Error {}

export interface TaskOptions<P> {
  signal?: AbortSignal | undefined;
  /** Can throw to cancel. */
  onProgress?: OnTaskProgress<P> | undefined;
}

const idleWorkers: { worker: Worker; timer: NodeJS.Timeout }[] = [];

let bundledProgram: URL | undefined;

/** Makes workers start from a bundle although core runs from source: a bundle starts ten times as fast. */
export function useWorkerProgram(program: URL): void {
  bundledProgram = program;
}

/** Throws NoWorker. */
function startWorker(): Worker {
  const program =
    bundledProgram ??
    programPaths.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!program) throw new NoWorker('the program of workers is missing');
  try {
    const worker = new Worker(fileURLToPath(program), { execArgv: [] });
    worker.on('error', () => removeIdle(worker));
    worker.on('exit', () => removeIdle(worker));
    return worker;
  } catch (cause) {
    throw new NoWorker(String(cause), { cause });
  }
}

function removeIdle(worker: Worker): void {
  const index = idleWorkers.findIndex((entry) => entry.worker === worker);
  if (index !== -1) clearTimeout(idleWorkers.splice(index, 1)[0]?.timer);
}

/** An idle worker does not keep the process alive. */
function addIdle(worker: Worker): void {
  worker.unref();
  const timer = setTimeout(() => void worker.terminate(), idleTimeoutMs).unref();
  idleWorkers.push({ worker, timer });
  const [oldest] = idleWorkers;
  if (idleWorkers.length > maxIdleWorkers && oldest) {
    removeIdle(oldest.worker);
    void oldest.worker.terminate();
  }
}

function acquireWorker(): Worker {
  const worker = idleWorkers.at(-1)?.worker ?? startWorker();
  removeIdle(worker);
  worker.ref();
  return worker;
}

export function startWorkers(count: number): void {
  for (
    let missingCount = Math.min(count, maxIdleWorkers) - idleWorkers.length;
    missingCount > 0;
    missingCount -= 1
  ) {
    try {
      addIdle(startWorker());
    } catch (error) {
      if (!(error instanceof NoWorker)) throw error;
      return;
    }
  }
}

/** Runs a task on a worker; resolves after its files are closed. Throws the task's error with `code`, NoWorker, or the signal's reason. */
export async function runInWorker<I, P, R>(
  task: Task<I, P, R>,
  input: I,
  { signal, onProgress }: TaskOptions<P> = {},
): Promise<R> {
  signal?.throwIfAborted();
  const worker = acquireWorker();
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  let hasAnswered = false;
  const abort = (): void => reject(signal?.reason);
  const onMessage = (message: TaskMessage): void => {
    try {
      if ('progress' in message) return onProgress?.(message.progress as P);
      hasAnswered = true;
      if ('answer' in message) resolve(message.answer as R);
      else reject(Object.assign(new Error(message.failed.message), message.failed));
    } catch (error) {
      reject(error);
    }
  };
  const onError = (cause: unknown): void => reject(new NoWorker(String(cause), { cause }));
  const onExit = (code: number): void => reject(new NoWorker(`the worker ended with ${code}`));
  worker.on('message', onMessage).once('error', onError).once('exit', onExit);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    worker.postMessage({ task: task.taskName, input } satisfies TaskRequest);
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    if (hasAnswered) addIdle(worker);
    else await worker.terminate();
  }
}

interface FallbackOptions<P> extends TaskOptions<P> {
  log: Log;
  /** Removes partial results of a crashed worker. */
  cleanUp?: (() => Promise<void>) | undefined;
}

/** Like `runInWorker`; if the worker cannot start or crashes, logs that and runs the task in this thread. */
export async function runWithFallback<I, P, R>(
  task: Task<I, P, R>,
  input: I,
  { signal, onProgress = () => {}, log, cleanUp }: FallbackOptions<P>,
): Promise<R> {
  try {
    return await runInWorker(task, input, { signal, onProgress });
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    log.warn({ task: task.taskName, error: String(error) }, 'no worker could be started');
    await cleanUp?.();
    return task(input, onProgress);
  }
}
