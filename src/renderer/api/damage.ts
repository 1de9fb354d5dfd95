import { ORPCError } from '@orpc/client';
import { create } from 'zustand';

/** Whether damage of the file was met since the window opened. */
export const useDamage = create<{ met: boolean }>()(() => ({ met: false }));

/** From here on it is known that the file is damaged. */
export function meetDamage(): void {
  if (!useDamage.getState().met) useDamage.setState({ met: true });
}

/** Whether it was refused because SQLite cannot read the file of the workspace that is open. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return false;
  return ((error.data ?? {}) as { reason?: unknown }).reason === 'damaged';
}
