import { existsSync } from 'node:fs';
import { silentLog } from '../logger.ts';
import { openConnection } from './connection.ts';

/**
 * A read-only connection creates SQLite's -wal and -shm files and cannot remove them. Call this before opening one, and its result after closing it.
 * If there was no -wal before, it opens a writable connection whose closing removes both, unless another process uses them.
 */
export function sidecarRemover(data: string): () => void {
  if (existsSync(`${data}-wal`)) return () => undefined;
  return () => {
    if (!existsSync(`${data}-wal`)) return;
    try {
      const last = openConnection(data, { mode: 'write', log: silentLog });
      try {
        last.pragma('query_only = ON');
        last.pragma('user_version');
      } finally {
        last.close();
      }
    } catch {
      // Leftover files are empty; the next process that opens the workspace reuses them.
    }
  };
}
