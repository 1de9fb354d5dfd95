import type { Connection } from './connection.ts';
import { queryInWorker, isLarge } from './worker-queries.ts';
import type { QueryRow } from './tasks.ts';
import type { Log } from '../logger.ts';
import { checkCancelled } from '../progress.ts';

interface QueryOptions {
  file: string;
  db: Connection;
  log: Log;
  signal?: AbortSignal | undefined;
}

/** Runs queries that are each one long call of SQLite, in a worker if the file is large. Throws SQLite's errors and CANCELLED. */
export async function runLongQueries(
  { file, db, log, signal }: QueryOptions,
  queries: readonly string[],
): Promise<QueryRow[][]> {
  checkCancelled(signal);
  if (isLarge(file)) {
    try {
      return await queryInWorker(file, queries, signal);
    } catch (error) {
      checkCancelled(signal);
      if (error instanceof Error && 'code' in error) throw error;
      log.warn({ error: String(error) }, 'no worker for long queries');
    }
  }
  return queries.map((query) => db.raw.prepare(query).all() as QueryRow[]);
}
