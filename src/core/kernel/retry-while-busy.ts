import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from './progress.ts';

/** How long to wait for somebody who makes, migrates or names something at this moment, in milliseconds. */
const usual = 3000;

export interface Waiting {
  /** In milliseconds. */
  patience?: number;
  signal?: AbortSignal | undefined;
}

/** Does it again for a while when the workspace is busy. Throws what the last try throws, or CANCELLED once the signal has been raised. */
export async function retryWhileBusy<T>(
  attempt: () => T | Promise<T>,
  { patience = usual, signal }: Waiting = {},
): Promise<T> {
  for (let waited = 0; ; waited += 50) {
    checkCancelled(signal);
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error) || error.code !== 'BUSY' || waited >= patience) throw error;
      await sleep(50);
    }
  }
}
