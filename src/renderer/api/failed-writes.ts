import { ORPCError } from '@orpc/client';
import { create } from 'zustand';
import { isDamage, meetDamage } from './damage.ts';

/** How often the workspace refused to be written, for want of room or of the right to: who shows how it is looks again then. */
export const failedWrites = create<{ count: number }>()(() => ({ count: 0 }));

/** How often it was met that the place of backups is not there: who shows what is wrong looks again then. */
export const noPlace = create<{ count: number }>()(() => ({ count: 0 }));

export const meetNoPlace = (): void => noPlace.setState(({ count }) => ({ count: count + 1 }));

/** Why the workspace refused; null for any other error. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return null;
  return ((error.data ?? {}) as { reason?: unknown }).reason;
}

/** Passes on what `work` gives, and counts where the workspace was not written, or nothing can be backed up. */
export async function noting<T>(work: Promise<T>): Promise<T> {
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
