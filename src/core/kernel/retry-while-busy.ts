import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import { checkCancelled } from './progress.ts';

/** How long to wait for another process that creates, migrates or names something. */
const defaultTimeoutMs = 3000;

export interface RetryOptions {
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/** Retries while the workspace is BUSY. Throws the last attempt's error, or CANCELLED when the signal is aborted. */
export async function retryWhileBusy<T>(
  attempt: () => T | Promise<T>,
  { timeoutMs = defaultTimeoutMs, signal }: RetryOptions = {},
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    checkCancelled(signal);
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error) || error.code !== 'BUSY' || waitedMs >= timeoutMs) throw error;
      await sleep(50);
    }
  }
}
