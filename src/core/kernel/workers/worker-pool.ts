import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Log } from '../logger.ts';
import type { OnProgress, Task, TaskMessage, TaskRequest } from './task.ts';

/** Where the worker's program is: in `core`, or, where all of this is bundled, in `out` or a folder of it. */
const programs = ['../../worker.ts', '../worker.js', '../../worker.js'];

/** Milliseconds that an idle worker is kept: a backup needs several in a row. */
const idleTimeout = 10_000;
const maxIdle = 3;

/** No worker could be started, or it broke down: the task may be run here instead. */
export class NoWorker extends Error {}

export interface TaskOptions<P> {
  signal?: AbortSignal | undefined;
  /** May throw to cancel. */
  onProgress?: OnProgress<P> | undefined;
}

const idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];

let bundled: URL | undefined;

/** Makes workers start from a bundle although core itself runs from its sources: they start in a tenth of the time. */
export function useWorkerProgram(program: URL): void {
  bundled = program;
}

/** Throws NoWorker. */
function startWorker(): Worker {
  const program =
    bundled ?? programs.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
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
  const at = idle.findIndex((entry) => entry.worker === worker);
  if (at !== -1) clearTimeout(idle.splice(at, 1)[0]?.timer);
}

/** Keeps an idle worker for a while, without keeping the process alive for it. */
function keepIdle(worker: Worker): void {
  worker.unref();
  const timer = setTimeout(() => void worker.terminate(), idleTimeout).unref();
  idle.push({ worker, timer });
  const [oldest] = idle;
  if (idle.length > maxIdle && oldest) {
    removeIdle(oldest.worker);
    void oldest.worker.terminate();
  }
}

function takeWorker(): Worker {
  const worker = idle.at(-1)?.worker ?? startWorker();
  removeIdle(worker);
  worker.ref();
  return worker;
}

/** Starts workers ahead of work that will need that many at once. */
export function startWorkers(count: number): void {
  for (let missing = Math.min(count, maxIdle) - idle.length; missing > 0; missing -= 1) {
    try {
      keepIdle(startWorker());
    } catch (error) {
      if (!(error instanceof NoWorker)) throw error;
      return;
    }
  }
}

/**
 * Runs a task on a worker and resolves when the worker has closed its files. Throws an error with SQLite's or the system's `code`, NoWorker,
 * the signal's reason, and what `onProgress` throws; the worker has ended then.
 */
export async function runInWorker<I, P, R>(
  task: Task<I, P, R>,
  input: I,
  { signal, onProgress }: TaskOptions<P> = {},
): Promise<R> {
  signal?.throwIfAborted();
  const worker = takeWorker();
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  let completed = false;
  const abort = (): void => reject(signal?.reason);
  const receive = (message: TaskMessage): void => {
    try {
      if ('progress' in message) return onProgress?.(message.progress as P);
      completed = true;
      if ('answer' in message) resolve(message.answer as R);
      else reject(Object.assign(new Error(message.failed.message), message.failed));
    } catch (error) {
      reject(error);
    }
  };
  const onError = (cause: unknown): void => reject(new NoWorker(String(cause), { cause }));
  const onExit = (code: number): void => reject(new NoWorker(`the worker ended with ${code}`));
  worker.on('message', receive).once('error', onError).once('exit', onExit);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    worker.postMessage({ task: task.taskName, input } satisfies TaskRequest);
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    worker.off('message', receive).off('error', onError).off('exit', onExit);
    if (completed) keepIdle(worker);
    else await worker.terminate();
  }
}

interface FallbackOptions<P> extends TaskOptions<P> {
  onProgress: OnProgress<P>;
  log: Log;
  /** Removes what a worker that broke down may have left. */
  cleanUp?: (() => Promise<void>) | undefined;
}

/** As `runInWorker`; without a worker the task runs here, and the log says so. */
export async function runInWorkerOrHere<I, P, R>(
  task: Task<I, P, R>,
  input: I,
  { signal, onProgress, log, cleanUp }: FallbackOptions<P>,
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
