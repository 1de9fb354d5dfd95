import { setImmediate as breathe } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Clock } from './system.ts';

/** How long work goes on before others get their turn, and how often a caller hears of it, in milliseconds. */
const slice = 10;
const often = 100;

export interface Steps {
  /** A code of the text catalogue. */
  step: string;
  /** How much there is to do, in the units that the work yields, or null. */
  total: number | null;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Runs work that yields how far it is at every place where it may pause. The event loop gets a turn every 10 ms; progress is
 * passed on ten times a second. Returns what the work returns. Throws CANCELLED when the signal is raised.
 */
export async function* streamed<R>(
  work: Generator<number, R, void>,
  steps: Steps,
): AsyncGenerator<Progress, R, void> {
  const { step, total, clock, signal } = steps;
  let since = clock.elapsed();
  let told = -often;
  try {
    for (;;) {
      if (signal?.aborted) throw new Fault('CANCELLED', 'Cancelled. Nothing was changed.', {});
      const next = work.next();
      if (next.done) return next.value;
      const now = clock.elapsed();
      if (now - since < slice) continue;
      if (now - told >= often) {
        told = now;
        yield { kind: 'progress', step, done: next.value, total };
      }
      await breathe();
      since = clock.elapsed();
    }
  } finally {
    work.return(undefined as R);
  }
}
