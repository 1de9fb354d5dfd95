import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from './progress.ts';

/** How long to wait for another process that creates, migrates or names something, in milliseconds. */
const defaultPatience = 3000;

export interface Waiting {
  /** In milliseconds. */
  patience?: number;
  signal?: AbortSignal | undefined;
}

/** Retries while the workspace is BUSY. Throws the last attempt's error, or CANCELLED when the signal is aborted. */
export async function retryWhileBusy<T>(
  attempt: () => T | Promise<T>,
  { patience = defaultPatience, signal }: Waiting = {},
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
