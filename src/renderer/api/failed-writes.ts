import { ORPCError } from '@orpc/client';
import { windowStore } from './window-store.ts';
import { isCorruptionError, setCorrupt } from './corruption.ts';

/** Number of writes that failed for lack of space or permission. Views of the workspace's health refresh when it changes. */
export const failedWrites = windowStore<{ count: number }>(() => ({ count: 0 }));

/** Number of times the backup folder was missing. Views of problems refresh when it changes. */
export const backupFolderErrors = windowStore<{ count: number }>(() => ({ count: 0 }));

export const countBackupFolderError = (): void =>
  backupFolderErrors.setState(({ count }) => ({ count: count + 1 }));

function reasonOf(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return null;
  return ((error.data ?? {}) as { reason?: unknown }).reason;
}

/** Passes the result of `work` on; records corruption, and counts failed writes and missing backup folders. */
export async function recordFailures<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isCorruptionError(error)) setCorrupt();
    const reason = reasonOf(error);
    if (reason === 'no_backups_place') countBackupFolderError();
    if (reason === 'full' || reason === 'read_only')
      failedWrites.setState(({ count }) => ({ count: count + 1 }));
    throw error;
  }
}
