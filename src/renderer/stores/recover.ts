import { isDamage, useDamage } from '../api/damage.ts';
import { shell } from '../api/shell.ts';
import { flushSeat } from './seat.ts';
import { isLive } from './target.ts';

/** Whether the error says that live is corrupt and live is open, so that recovery is possible. */
export const leadsToRecovery = (error: unknown): boolean => isDamage(error) && isLive();

export function useClosed(): boolean {
  return useDamage(({ met }) => met) && isLive();
}

/** Closes the workspace and opens it with a check, which shows the ways of recovery if it is corrupt. */
export async function reopenForRecovery(): Promise<void> {
  // The last input belongs to the workspace that closes.
  await flushSeat();
  await shell.data.restart({});
}
