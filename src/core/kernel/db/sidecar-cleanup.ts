import { existsSync } from 'node:fs';
import { silentLog } from '../logger.ts';
import { openConnection } from './connection.ts';

/**
 * A read-only connection to a file that nobody has open makes SQLite's -wal and -shm beside it and cannot take them away again. To be
 * called before; the result, once it is closed. Where they were not there before, a connection that could write, and does not, lets SQLite
 * do that as it closes: unless somebody else uses them by then.
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
      // They are empty, and whoever opens the workspace next takes them over.
    }
  };
}
