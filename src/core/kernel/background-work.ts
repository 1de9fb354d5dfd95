import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Stream } from '#shared/contract/progress.ts';
import { progressStream } from './progress.ts';
import type { OnProgress } from './progress.ts';

/** Long work outside the write queue. Closing the workspace cancels it; work that must survive is a job (core/jobs). */
export class BackgroundWork {
  readonly #closeController = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** Like `progressStream`; `signal` is also aborted when the workspace closes. Yields to the event loop before starting. */
  stream<R>(
    run: (onProgress: OnProgress, signal: AbortSignal) => Promise<R>,
    callerSignal?: AbortSignal,
  ): Stream<R> {
    const begin = (onProgress: OnProgress, signal: AbortSignal): Promise<R> =>
      yieldToEventLoop().then(() => run(onProgress, signal));
    return progressStream(
      (onProgress, signal) => this.run((combinedSignal) => begin(onProgress, combinedSignal), signal),
      callerSignal,
    );
  }

  /** Runs `work`; its `signal` is also aborted when the workspace closes. */
  run<R>(work: (signal: AbortSignal) => Promise<R>, callerSignal?: AbortSignal): Promise<R> {
    const closeSignal = this.#closeController.signal;
    const result = work(callerSignal ? AbortSignal.any([callerSignal, closeSignal]) : closeSignal);
    const completion: Promise<unknown> = result
      .catch(() => undefined)
      .then(() => this.#running.delete(completion));
    this.#running.add(completion);
    return result;
  }

  /** Cancels running work and waits for its clean-up. Work started later is cancelled at once. */
  async close(): Promise<void> {
    this.#closeController.abort();
    await Promise.all(this.#running);
  }
}
