import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
const longestMs = 60_000;

/** Waits until a condition holds; a condition that throws does not hold yet. Throws after a minute. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + longestMs;
  for (;;) {
    let reason = '';
    try {
      if (await holds()) return;
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : '';
    }
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}${reason}`);
    await sleep(pollMs);
  }
}
