import type { Connection } from './connection.ts';
import { queryInWorker, isLarge } from './in-worker.ts';
import type { ThreadRow } from './in-worker.ts';
import type { Log } from '../logger.ts';
import { checkCancelled } from '../progress.ts';

interface Asking {
  file: string;
  db: Connection;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Asks a file what SQLite says in one long call each: of a large one in a thread, so that nobody waits for it. Throws SQLite's errors,
 * CANCELLED.
 */
export async function ask(
  { file, db, log, signal }: Asking,
  queries: readonly string[],
): Promise<ThreadRow[][]> {
  checkCancelled(signal);
  if (isLarge(file)) {
    try {
      return await queryInWorker(file, queries, signal);
    } catch (error) {
      checkCancelled(signal);
      if (error instanceof Error && 'code' in error) throw error;
      log.warn({ error: String(error) }, 'no thread for looking through the file');
    }
  }
  return queries.map((query) => db.raw.prepare(query).all() as ThreadRow[]);
}
