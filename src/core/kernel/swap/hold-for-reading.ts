import type { WorkspaceFiles } from '../db/files.ts';
import { lockReading } from '../db/lock.ts';
import { sidecarRemover } from '../db/sidecar-cleanup.ts';
import type { Log } from '../logger.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import { settleRestore } from './settle.ts';

/**
 * Settles an interrupted restore and locks a closed workspace for reading. Returns a function that releases it and removes the files that
 * SQLite left next to it. Throws BUSY.
 */
export async function holdForReading(files: WorkspaceFiles, log: Log): Promise<() => void> {
  await settleRestore(files, log);
  const lock = await retryWhileBusy(() => lockReading(files.lock));
  const removeSidecars = sidecarRemover(files.data);
  return () => {
    removeSidecars();
    lock?.release();
  };
}
