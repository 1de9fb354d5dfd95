import { statSync } from 'node:fs';
import { runInWorker } from '../workers/worker-pool.ts';
import { queryFile, scrubFile, vacuumFile } from './tasks.ts';
import type { QueryRow } from './tasks.ts';

/** File size from which a worker pays off: work on a smaller file ends before a worker has started. */
export const workerThresholdBytes = 2_000_000;

/** Whether reading the whole file would block the event loop too long. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > workerThresholdBytes;
}

/** Runs long queries in a worker, all on one snapshot. Settles only after the file is closed. Rejects with SQLite's `code` or NoWorker. */
export function queryInWorker(
  file: string,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<QueryRow[][]> {
  return runInWorker(queryFile, { file, queries }, { signal });
}

export async function vacuumInWorker(file: string): Promise<void> {
  await runInWorker(vacuumFile, { file });
}

/** Like `vacuumInWorker`, for a file that others can have open; also truncates its WAL. Returns false if a reader prevented that. */
export const scrubInWorker = (file: string): Promise<boolean> => runInWorker(scrubFile, { file });
