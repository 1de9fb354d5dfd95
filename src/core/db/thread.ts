import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

type Said = { told: unknown } | { answer: unknown } | { code: string };

/**
 * What every thread does before and after its own work. It stands here as text, so that it is found wherever this program is bundled
 * to; it has no functions of ours, which only queries of lists use.
 */
const around = (work: string): string => `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const tell = (told) => parentPort.postMessage({ told });
  (async () => {${work}})().then(
    (answer) => parentPort.postMessage({ answer }),
    (error) => parentPort.postMessage({ code: String(error.code ?? error) }),
  );
`;

/** No thread could be had, or it broke down: what it should have done may be done here. */
export class NoThread extends Error {}

export interface Threaded {
  signal?: AbortSignal | undefined;
  /** Gets what the thread tells on its way, and may throw to give up. */
  hear?: ((told: never) => void) | undefined;
}

/** Throws NoThread. */
function begun(work: string, workerData: object): Worker {
  try {
    return new Worker(around(work), { eval: true, workerData });
  } catch (cause) {
    throw new NoThread(String(cause), { cause });
  }
}

/**
 * Runs `work`, the text of an async function that has `Database`, `workerData` and `tell`, in a thread of its own while others go on
 * here. Gives what it returns, when the thread has let go of its files. Throws an error with SQLite's or the system's `code`, NoThread,
 * the signal's reason, and what `hear` throws.
 */
export async function inThread<A>(work: string, data: object, { signal, hear }: Threaded = {}): Promise<A> {
  signal?.throwIfAborted();
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = begun(work, { driver, ...data });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const stop = (): void => reject(signal?.reason);
  worker.on('message', (said: Said) => {
    try {
      if ('told' in said) hear?.(said.told as never);
      else if ('answer' in said) resolve(said.answer);
      else reject(Object.assign(new Error(said.code), { code: said.code }));
    } catch (error) {
      reject(error);
    }
  });
  worker.once('error', (cause) => reject(new NoThread(String(cause), { cause })));
  worker.once('exit', (code) => reject(new NoThread(`the thread ended with ${code}`)));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return (await promise) as A;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
