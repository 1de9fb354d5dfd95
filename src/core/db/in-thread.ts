import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** What SQLite says to a query, row by row. */
export type ThreadRow = Readonly<Record<string, string | number | null>>;

type Answer = { rows: ThreadRow[][] } | { code: string };

/** Below this size, in bytes, everything that SQLite looks through in one call is done before a thread has begun. */
const large = 2_000_000;

/**
 * What the thread does. It stands here as text, so that it is found wherever this program is bundled to; it has no functions of
 * ours, which only queries of lists use.
 */
const inThread = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  let answer;
  try {
    const db = new Database(workerData.file, { readonly: true, fileMustExist: true });
    try {
      if (workerData.into !== undefined) db.prepare('VACUUM INTO ?').run(workerData.into);
      db.exec('BEGIN');
      answer = { rows: workerData.queries.map((sql) => db.prepare(sql).all()) };
    } finally {
      db.close();
    }
  } catch (error) {
    answer = { code: String(error.code ?? error) };
  }
  parentPort.postMessage(answer);
`;

/** Whether looking through all of the file takes so long that others would wait for it. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > large;
}

/**
 * Asks a file of SQLite's what it can only say in one long call, as the check of all its pages: in a thread and on a connection of
 * its own, in one state of the file, while others go on here. Throws an error with SQLite's `code`, one without when no thread can
 * be had, and the signal's reason; it ends when the thread has let go of the file.
 */
export function askInThread(
  file: string,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<ThreadRow[][]> {
  return ask({ file, queries }, signal);
}

/** Writes what is in a file of SQLite's to a new one, `into`, packed as closely as it can be; otherwise as `askInThread`. */
export async function compactInThread(file: string, into: string, signal?: AbortSignal): Promise<void> {
  await ask({ file, queries: [], into }, signal);
}

async function ask(
  wanted: { file: string; queries: readonly string[]; into?: string },
  signal: AbortSignal | undefined,
): Promise<ThreadRow[][]> {
  signal?.throwIfAborted();
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(inThread, { eval: true, workerData: { driver, ...wanted } });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stop = (): void => reject(signal?.reason);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await promise;
    if ('rows' in answer) return answer.rows;
    throw Object.assign(new Error(answer.code), { code: answer.code });
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
