import { ORPCError } from '@orpc/client';
import { create } from 'zustand';

export const useDamage = create<{ met: boolean }>()(() => ({ met: false }));

/** From here on it is known that live is damaged, or that it is not, as after a check that found it whole. */
export function meetDamage(met = true): void {
  if (useDamage.getState().met !== met) useDamage.setState({ met });
}

/** Whether it was refused because SQLite cannot read the file of the workspace that is open. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return false;
  return ((error.data ?? {}) as { reason?: unknown }).reason === 'damaged';
}
