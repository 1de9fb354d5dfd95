import type { WorkspaceFiles } from '../db/files.ts';
import { lockForReading } from '../db/lock.ts';
import { sidecarRemover } from '../db/sidecar-cleanup.ts';
import type { Log } from '../logger.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import { settleRestore } from './settle.ts';

/**
 * Settles an interrupted restore and locks a closed workspace for reading. Returns a function that releases the lock and removes SQLite's
 * leftover sidecar files. Throws BUSY.
 */
export async function lockClosedWorkspace(files: WorkspaceFiles, log: Log): Promise<() => void> {
  await settleRestore(files, log);
  const lock = await retryWhileBusy(() => lockForReading(files.lock));
  const removeSidecars = sidecarRemover(files.data);
  return () => {
    removeSidecars();
    lock?.release();
  };
}
