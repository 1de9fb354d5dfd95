import { existsSync } from 'node:fs';
import { silentLog } from '../logger.ts';
import { openConnection } from './connection.ts';

/**
 * A read-only connection creates SQLite's -wal and -shm files and cannot remove them. Call this before opening one, and its result after
 * closing it. The result opens and closes a writable connection, so that SQLite deletes both files, unless a -wal existed before or another
 * process uses them.
 */
export function sidecarRemover(databaseFile: string): () => void {
  if (existsSync(`${databaseFile}-wal`)) return () => undefined;
  return () => {
    if (!existsSync(`${databaseFile}-wal`)) return;
    try {
      using connection = openConnection(databaseFile, { mode: 'write', log: silentLog });
      connection.pragma('query_only = ON');
      connection.pragma('user_version');
    } catch {
      // Leftover files are empty; the next process that opens the workspace reuses them.
    }
  };
}
