import { setImmediate as breathe } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Clock } from '../system.ts';

/** How long work goes on before others get their turn, in milliseconds. */
const slice = 10;

/** What long work needs to be a good neighbour: a clock, a way to be stopped, somebody to tell how far it is. */
export interface Pace {
  clock: Clock;
  signal?: AbortSignal | undefined;
  tell?: ((done: number) => void) | undefined;
}

/** Throws CANCELLED once the signal has been raised. */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', 'The operation was cancelled.', {});
}

/**
 * Runs work that yields at every place where it may pause, giving its progress. Every 10 ms the event loop gets a turn, so
 * that calls are served meanwhile. Throws CANCELLED when the signal is raised; the work's own `finally` runs then.
 */
export async function paced<R>(work: Generator<number, R, void>, pace: Pace): Promise<R> {
  checkCancelled(pace.signal);
  let since = pace.clock.elapsed();
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (pace.clock.elapsed() - since < slice) continue;
      pace.tell?.(step.value);
      await breathe();
      checkCancelled(pace.signal);
      since = pace.clock.elapsed();
    }
  } finally {
    work.return(undefined as R);
  }
}
