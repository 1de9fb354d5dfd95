import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import { deeds } from './deeds.ts';
import type { Asked, Said } from './said.ts';

type Deeds = typeof deeds;
type Input<D extends keyof Deeds> = Parameters<Deeds[D]>[0];
type Told<D extends keyof Deeds> = Parameters<Parameters<Deeds[D]>[1]>[0];
type Work<D extends keyof Deeds> = (input: Input<D>, tell: (told: Told<D>) => void) => unknown;
type Answer<D extends keyof Deeds> = Awaited<ReturnType<Deeds[D]>>;

/** Where a thread's program is: beside this file, or, where all of this is bundled, the bundle made of it, in `out` or a folder of it. */
const programs = ['./thread.ts', '../thread.js', '../../thread.js'];

/** How long a thread that has nothing to do is kept for the next deed, in milliseconds: a backup asks for several, a person for the next one. */
const kept = 10_000;
/** How many of them. */
const most = 3;

/** No thread could be had, or it broke down: what it should have done may be done here. */
export class NoThread extends Error {}

export interface Threaded<T> {
  signal?: AbortSignal | undefined;
  /** Gets what the thread tells on its way, and may throw to give up. */
  hear?: ((told: T) => void) | undefined;
}

const idle: { worker: Worker; ends: NodeJS.Timeout }[] = [];

/** Throws NoThread. */
function begun(program: string): Worker {
  try {
    return new Worker(program, { execArgv: [] });
  } catch (cause) {
    throw new NoThread(String(cause), { cause });
  }
}

function begin(): Worker {
  const program = programs.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!program) throw new NoThread('the program for threads is not there');
  const worker = begun(fileURLToPath(program));
  // Who waits for a deed is told by listeners of its own; a thread that is kept may end as it likes.
  worker.on('error', () => drop(worker));
  worker.on('exit', () => drop(worker));
  return worker;
}

function drop(worker: Worker): void {
  const at = idle.findIndex((one) => one.worker === worker);
  if (at !== -1) clearTimeout(idle.splice(at, 1)[0]?.ends);
}

/** Keeps a thread for a while, and keeps nobody from ending meanwhile. */
function keep(worker: Worker): void {
  worker.unref();
  const ends = setTimeout(() => void worker.terminate(), kept).unref();
  idle.push({ worker, ends });
  const [oldest] = idle;
  if (idle.length > most && oldest) {
    drop(oldest.worker);
    void oldest.worker.terminate();
  }
}

function take(): Worker {
  const worker = idle.at(-1)?.worker ?? begin();
  drop(worker);
  worker.ref();
  return worker;
}

/** Begins threads ahead of work that will want so many at once. */
export function warmThreads(count: number): void {
  for (let missing = Math.min(count, most) - idle.length; missing > 0; missing -= 1) {
    try {
      keep(begin());
    } catch (error) {
      // Who asks for one says so.
      if (!(error instanceof NoThread)) throw error;
      return;
    }
  }
}

/**
 * Does a deed in a thread of its own while others go on here. Gives its answer, when the thread has let go of its files. Throws an error with
 * SQLite's or the system's `code`, NoThread, the signal's reason, and what `hear` throws; the thread has ended then, wherever it was.
 */
export async function inThread<D extends keyof Deeds>(
  deed: D,
  input: Input<D>,
  { signal, hear }: Threaded<Told<D>> = {},
): Promise<Answer<D>> {
  signal?.throwIfAborted();
  const worker = take();
  const { promise, resolve, reject } = Promise.withResolvers<Answer<D>>();
  let whole = false;
  const stop = (): void => reject(signal?.reason);
  const listen = (said: Said): void => {
    try {
      if ('told' in said) return hear?.(said.told as Told<D>);
      whole = true;
      if ('answer' in said) resolve(said.answer as Answer<D>);
      else reject(Object.assign(new Error(said.failed.message), said.failed));
    } catch (error) {
      reject(error);
    }
  };
  const broke = (cause: unknown): void => reject(new NoThread(String(cause), { cause }));
  const ended = (code: number): void => reject(new NoThread(`the thread ended with ${code}`));
  worker.on('message', listen).once('error', broke).once('exit', ended);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    worker.postMessage({ deed, input } satisfies Asked);
    return await promise;
  } finally {
    signal?.removeEventListener('abort', stop);
    worker.off('message', listen).off('error', broke).off('exit', ended);
    if (whole) keep(worker);
    else await worker.terminate();
  }
}

interface OrHere<T> extends Threaded<T> {
  hear: (told: T) => void;
  log: Log;
  /** Takes away what a thread that broke down may have left. */
  clear?: (() => Promise<void>) | undefined;
}

/** As `inThread`; where no thread can be had, the deed is done here, and the log says so. */
export async function orHere<D extends keyof Deeds>(
  deed: D,
  input: Input<D>,
  { signal, hear, log, clear }: OrHere<Told<D>>,
): Promise<Answer<D>> {
  try {
    return await inThread(deed, input, { signal, hear });
  } catch (error) {
    if (!(error instanceof NoThread)) throw error;
    log.warn({ deed, error: String(error) }, 'no thread could be had');
    await clear?.();
    return (await (deeds[deed] as unknown as Work<D>)(input, hear)) as Answer<D>;
  }
}
