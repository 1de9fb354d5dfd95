import { isDamage, useDamage } from '../api/damage.ts';
import { shell } from '../api/shell.ts';
import { flush } from './seat.ts';
import { isLive } from './target.ts';

/** Whether it says that live, which is open here, is damaged: then `recover` is the way on. */
export const leadsToRecovery = (error: unknown): boolean => isDamage(error) && isLive();

export function useClosed(): boolean {
  return useDamage(({ met }) => met) && isLive();
}

/** Closes the workspace and opens it after a check: where that finds it damaged, the ways to recover it are shown. */
export async function recover(): Promise<void> {
  // What was typed last belongs to what is closed.
  await flush();
  await shell.data.restart({});
}
