import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';

/** How long to wait for somebody who makes, migrates or names something at this moment, in milliseconds. */
const patience = 3000;

/** Does it again for a while when the workspace is busy. Throws what the last try throws. */
export async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += 50) {
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error) || error.code !== 'BUSY' || waited >= patience) throw error;
      await sleep(50);
    }
  }
}
