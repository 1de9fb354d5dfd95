import { ORPCError } from '@orpc/client';
import { windowStore } from './window-store.ts';

export const useDamage = windowStore<{ met: boolean }>(() => ({ met: false }));

/** Sets whether live is known to be corrupt; false after a check without findings. */
export function meetDamage(met = true): void {
  if (useDamage.getState().met !== met) useDamage.setState({ met });
}

/** Whether SQLite cannot read the file of the open workspace. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return false;
  return ((error.data ?? {}) as { reason?: unknown }).reason === 'damaged';
}
