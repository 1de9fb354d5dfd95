import { setImmediate as breathe } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Clock } from './system.ts';

/** How long work goes on before others get their turn, and how often a caller hears of it, in milliseconds. */
const slice = 10;
const often = 100;

export interface Steps {
  step: string;
  /** How much there is to do, in the units that the work yields, or null. */
  total: number | null;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/** Throws CANCELLED once the signal has been raised. */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', 'Cancelled. Nothing was changed.', {});
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
      checkCancelled(signal);
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

/** Runs streamed work to its end and returns its result, passing progress on to whoever wants it. */
export async function completed<R>(
  work: AsyncGenerator<Progress, R, void>,
  tell: (progress: Progress) => void = () => {},
): Promise<R> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    tell(step.value);
  }
}

/** Runs work that somebody waits for without hearing how far it is; others get their turn all the same. Returns what it returns. */
export function inTurns<R>(
  work: Generator<number, R, void>,
  { clock, signal }: Pick<Steps, 'clock' | 'signal'>,
): Promise<R> {
  return completed(streamed(work, { step: 'reading', total: null, clock, signal }));
}
