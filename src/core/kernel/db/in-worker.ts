import { statSync } from 'node:fs';
import { runInWorker } from '../workers/worker-pool.ts';
import { queryFile, scrubFile, vacuumFile } from './tasks.ts';
import type { ThreadRow } from './tasks.ts';

export type { ThreadRow };

/** Above this size, in bytes, a thread is worth it: what is done with a smaller file is done before one has begun. */
export const workerThreshold = 2_000_000;

/** Whether looking through all of the file takes so long that others would wait for it. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > workerThreshold;
}

/**
 * Asks a file of SQLite's what it can only say in one long call, as the check of all its pages: in a thread and on a connection of
 * its own, in one state of the file, while others go on here. Throws an error with SQLite's `code`, NoWorker, and the
 * signal's reason; it ends when the thread has let go of the file.
 */
export function queryInWorker(
  file: string,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<ThreadRow[][]> {
  return runInWorker(queryFile, { file, queries }, { signal });
}

/** Writes a closed file of SQLite's anew in its place, without what is free in it, all of it or nothing. */
export async function vacuumInWorker(file: string): Promise<void> {
  await runInWorker(vacuumFile, { file });
}

/** Like `vacuumInWorker`, for a file that others may have open; truncates its WAL too. Returns false if a reader kept the WAL from being truncated. */
export const scrubInWorker = (file: string): Promise<boolean> => runInWorker(scrubFile, { file });
