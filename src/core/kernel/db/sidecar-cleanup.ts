import { existsSync } from 'node:fs';
import { silentLog } from '../logger.ts';
import { openConnection } from './connection.ts';

/**
 * A read-only connection creates SQLite's -wal and -shm files and cannot remove them. Call this before opening one, and its result after
 * closing it. The result removes both files by a writable connection, unless a -wal existed before or another process uses them.
 */
export function sidecarRemover(data: string): () => void {
  if (existsSync(`${data}-wal`)) return () => undefined;
  return () => {
    if (!existsSync(`${data}-wal`)) return;
    try {
      const connection = openConnection(data, { mode: 'write', log: silentLog });
      try {
        connection.pragma('query_only = ON');
        connection.pragma('user_version');
      } finally {
        connection.close();
      }
    } catch {
      // Leftover files are empty; the next process that opens the workspace reuses them.
    }
  };
}
