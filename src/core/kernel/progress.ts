import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { Clock } from './system.ts';

/** How long work runs before it yields to the event loop, and how often it reports progress. */
const sliceMs = 10;
const reportIntervalMs = 100;

export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('CANCELLED', {});
}

/** Reports progress. `progressStream` keeps only the latest value until the consumer reads it. */
export type OnProgress = (progress: Progress) => void;

/** Where long work reports its progress, and what cancels it. */
export interface Pace {
  clock: Clock;
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
}

export interface JobPace extends Pace {
  signal: AbortSignal;
  onProgress: OnProgress;
}

/** Progress and cancellation of a request, for work with a clock of its own. */
export type RequestPace = Pick<JobPace, 'onProgress' | 'signal'>;

/**
 * Runs work that yields its progress. Lets the event loop run every 10 ms. Reports ten times a second under `step`, a code of the text
 * catalogue. Throws CANCELLED.
 */
export async function runSteps<R>(
  { clock, signal, onProgress }: Pace,
  step: string,
  work: Generator<number, R, void>,
  total: number | null = null,
): Promise<R> {
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
        onProgress?.({ kind: 'progress', step, done: next.value, total });
      }
      await yieldToEventLoop();
      sliceStart = clock.elapsed();
    }
  } finally {
    work.return(undefined as R);
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
export const runYielding = <R>(work: Generator<number, R, void>, { clock, signal }: Pace): Promise<R> =>
  runSteps({ clock, signal }, 'reading', work);

/** Streams progress, then the result. When the consumer stops, `signal` is aborted and the stream ends after the work. */
export async function* progressStream<R>(
  run: (onProgress: OnProgress, signal: AbortSignal) => Promise<R>,
  callerSignal?: AbortSignal,
): Stream<R> {
  const controller = new AbortController();
  const signal = callerSignal ? AbortSignal.any([controller.signal, callerSignal]) : controller.signal;
  const latestProgress = new LatestProgress();
  const resultPromise = run((progress) => latestProgress.report(progress), signal).finally(() =>
    latestProgress.end(),
  );
  // Awaiting `resultPromise` below throws the error. This only prevents an unhandled rejection until then.
  resultPromise.catch(() => undefined);
  try {
    for (let next = await latestProgress.next(); next; next = await latestProgress.next()) yield next;
    yield { kind: 'result', result: await resultPromise };
  } finally {
    controller.abort();
    await resultPromise.catch(() => undefined);
  }
}

class LatestProgress {
  #latest: Progress | undefined;
  #hasEnded = false;
  #wake: (() => void) | undefined;

  report(progress: Progress): void {
    this.#latest = progress;
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  async next(): Promise<Progress | undefined> {
    while (!this.#latest && !this.#hasEnded) await new Promise<void>((resolve) => (this.#wake = resolve));
    const latest = this.#latest;
    this.#latest = undefined;
    return latest;
  }
}
