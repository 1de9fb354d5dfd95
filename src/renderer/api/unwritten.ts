import { ORPCError } from '@orpc/client';
import { create } from 'zustand';
import { isDamage, meetDamage } from './damage.ts';

/** How often the workspace refused to be written, for want of room or of the right to: who shows how it is looks again then. */
export const unwritten = create<{ count: number }>()(() => ({ count: 0 }));

const isUnwritten = (error: unknown): boolean => {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return false;
  const { reason } = (error.data ?? {}) as { reason?: unknown };
  return reason === 'full' || reason === 'read_only';
};

/** Passes on what `work` gives, and counts where the workspace was not written. */
export async function noting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDamage(error)) meetDamage();
    if (isUnwritten(error)) unwritten.setState(({ count }) => ({ count: count + 1 }));
    throw error;
  }
}
