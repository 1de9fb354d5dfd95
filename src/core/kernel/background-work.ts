import { setImmediate as breathe } from 'node:timers/promises';
import type { Stream } from '#shared/contract/progress.ts';
import { progressStream } from './progress-stream.ts';
import type { OnProgress } from './progress-stream.ts';

/** Long work that a caller waits for, beside the write queue. Closing the workspace cancels it. Work that must survive that is a job: see core/jobs. */
export class BackgroundWork {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** As `progressStream`; `signal` is raised too when the workspace is being closed. Who waits when it begins comes first. */
  stream<R>(run: (tell: OnProgress, signal: AbortSignal) => Promise<R>, given?: AbortSignal): Stream<R> {
    const begin = (tell: OnProgress, signal: AbortSignal): Promise<R> =>
      breathe().then(() => run(tell, signal));
    return progressStream((tell, signal) => this.run((raised) => begin(tell, raised), signal), given);
  }

  /** Does one thing; `signal` is raised too when the workspace is being closed. */
  run<R>(work: (signal: AbortSignal) => Promise<R>, given?: AbortSignal): Promise<R> {
    const closing = this.#closing.signal;
    const running = work(given ? AbortSignal.any([given, closing]) : closing);
    const ended: Promise<unknown> = running.catch(() => undefined).then(() => this.#running.delete(ended));
    this.#running.add(ended);
    return running;
  }

  /** Cancels what is running and waits until it has cleared up; what is begun later is cancelled at once. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }
}
