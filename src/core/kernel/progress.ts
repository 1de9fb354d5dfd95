import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Clock } from './system.ts';

/** Milliseconds of work before yielding to the event loop, and between progress reports. */
const slice = 10;
const reportInterval = 100;

export interface Steps {
  step: string;
  /** Total amount of work, in the units that the work yields; null if unknown. */
  total: number | null;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', {});
}

/** Runs work that yields progress where it may pause: yields every 10 ms, reports ten times a second. Throws CANCELLED. */
export async function* progressStream<R>(
  work: Generator<number, R, void>,
  steps: Steps,
): AsyncGenerator<Progress, R, void> {
  const { step, total, clock, signal } = steps;
  let since = clock.elapsed();
  let lastReport = -reportInterval;
  try {
    for (;;) {
      checkCancelled(signal);
      const next = work.next();
      if (next.done) return next.value;
      const now = clock.elapsed();
      if (now - since < slice) continue;
      if (now - lastReport >= reportInterval) {
        lastReport = now;
        yield { kind: 'progress', step, done: next.value, total };
      }
      await yieldToEventLoop();
      since = clock.elapsed();
    }
  } finally {
    work.return(undefined as R);
  }
}

export async function runToEnd<R>(
  work: AsyncGenerator<Progress, R, void>,
  onProgress: (progress: Progress) => void = () => {},
): Promise<R> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    onProgress(step.value);
  }
}

/** Where long work reports its progress, and what cancels it. */
export interface Pace {
  clock: Clock;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface JobPace extends Pace {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Runs steps, and reports their progress under a code of the text catalogue. */
export const runSteps = <R>(
  { clock, signal, onProgress: report }: Pace,
  step: string,
  steps: Generator<number, R, void>,
  total: number | null = null,
): Promise<R> => runToEnd(progressStream(steps, { step, total, clock, signal }), report);

/** Passes pieces on, and reports ten times a second how far the work is. Throws CANCELLED when the signal is aborted. */
export function* reportPieces<T>(
  pieces: Iterable<T>,
  { clock, signal, onProgress }: Pace,
  progress: () => Omit<Progress, 'kind'>,
): Generator<T, void, void> {
  let lastReport = -reportInterval;
  for (const piece of pieces) {
    checkCancelled(signal);
    yield piece;
    const now = clock.elapsed();
    if (now - lastReport < reportInterval) continue;
    lastReport = now;
    onProgress?.({ kind: 'progress', ...progress() });
  }
}

/** Runs work without reporting progress, still yielding to the event loop every 10 ms. */
export function inTurns<R>(
  work: Generator<number, R, void>,
  { clock, signal }: Pick<Steps, 'clock' | 'signal'>,
): Promise<R> {
  return runToEnd(progressStream(work, { step: 'reading', total: null, clock, signal }));
}
