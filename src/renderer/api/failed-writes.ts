import { ORPCError } from '@orpc/client';
import { windowStore } from './window-store.ts';
import { isDamage, meetDamage } from './damage.ts';

/** Number of writes that failed for lack of space or permission. Views of the workspace's health refresh when it changes. */
export const failedWrites = windowStore<{ count: number }>(() => ({ count: 0 }));

/** Number of times the backup folder was missing. Views of problems refresh when it changes. */
export const noPlace = windowStore<{ count: number }>(() => ({ count: 0 }));

export const meetNoPlace = (): void => noPlace.setState(({ count }) => ({ count: count + 1 }));

function reasonOf(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return null;
  return ((error.data ?? {}) as { reason?: unknown }).reason;
}

/** Passes the result of `work` on, and counts failed writes and missing backup folders. */
export async function countFailedWrites<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDamage(error)) meetDamage();
    const reason = reasonOf(error);
    if (reason === 'no_backups_place') meetNoPlace();
    if (reason === 'full' || reason === 'read_only')
      failedWrites.setState(({ count }) => ({ count: count + 1 }));
    throw error;
  }
}
