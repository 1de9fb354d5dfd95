import type { Progress, Stream } from '#shared/contract/progress.ts';

/** Reports progress. Only the latest value is kept until the consumer reads it. */
export type OnProgress = (progress: Progress) => void;

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
