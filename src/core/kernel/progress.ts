import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Clock } from './system.ts';

/** How long work runs before it yields to the event loop, and how often it reports progress. */
const sliceMs = 10;
const reportIntervalMs = 100;

export interface StepOptions {
  step: string;
  /** Total amount of work, in the units that the work yields; null if unknown. */
  total: number | null;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', {});
}

/** Runs work that yields its progress: lets the event loop run every 10 ms, reports ten times a second. Throws CANCELLED. */
export async function* streamSteps<R>(
  work: Generator<number, R, void>,
  options: StepOptions,
): AsyncGenerator<Progress, R, void> {
  const { step, total, clock, signal } = options;
  let sliceStart = clock.elapsed();
  let lastReport = -reportIntervalMs;
  try {
    for (;;) {
      checkCancelled(signal);
      const next = work.next();
      if (next.done) return next.value;
      const now = clock.elapsed();
      if (now - sliceStart < sliceMs) continue;
      if (now - lastReport >= reportIntervalMs) {
        lastReport = now;
        yield { kind: 'progress', step, done: next.value, total };
      }
      await yieldToEventLoop();
      sliceStart = clock.elapsed();
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
    const next = await work.next();
    if (next.done) return next.value;
    onProgress(next.value);
  }
}

/** Runs work at once, without yielding to the event loop. */
export function runSync<S, R>(work: Generator<S, R, void>, onStep: (step: S) => void = () => {}): R {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    onStep(next.value);
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

/** Progress and cancellation of a request, for work with a clock of its own. */
export type RequestPace = Pick<JobPace, 'onProgress' | 'signal'>;

/** Runs work that yields its progress, and reports it under `step`, a code of the text catalogue. */
export const runSteps = <R>(
  { clock, signal, onProgress: report }: Pace,
  step: string,
  work: Generator<number, R, void>,
  total: number | null = null,
): Promise<R> => runToEnd(streamSteps(work, { step, total, clock, signal }), report);

/** Yields the pieces, and reports `progress()` ten times a second. Throws CANCELLED when the signal is aborted. */
export function* reportPieces<T>(
  pieces: Iterable<T>,
  { clock, signal, onProgress }: Pace,
  progress: () => Omit<Progress, 'kind'>,
): Generator<T, void, void> {
  let lastReport = -reportIntervalMs;
  for (const piece of pieces) {
    checkCancelled(signal);
    yield piece;
    const now = clock.elapsed();
    if (now - lastReport < reportIntervalMs) continue;
    lastReport = now;
    onProgress?.({ kind: 'progress', ...progress() });
  }
}

/** Runs work without reporting progress, still yielding to the event loop every 10 ms. */
export function runYielding<R>(
  work: Generator<number, R, void>,
  { clock, signal }: Pick<StepOptions, 'clock' | 'signal'>,
): Promise<R> {
  return runToEnd(streamSteps(work, { step: 'reading', total: null, clock, signal }));
}
