import type { Progress, Stream } from '#shared/contract/progress.ts';

/** Passes progress on, the latest when it comes faster than it is taken. */
export type OnProgress = (progress: Progress) => void;

/**
 * Streams how far long work is, and at last its result. Who stops listening cancels it: `signal` is raised then too, and the stream ends
 * when the work has.
 */
export async function* progressStream<R>(
  run: (tell: OnProgress, signal: AbortSignal) => Promise<R>,
  given?: AbortSignal,
): Stream<R> {
  const left = new AbortController();
  const signal = given ? AbortSignal.any([left.signal, given]) : left.signal;
  const news = new News();
  const running = run((progress) => news.tell(progress), signal).finally(() => news.end());
  // What it fails with is thrown where it is awaited below; this only keeps it from counting as unhandled until then.
  running.catch(() => undefined);
  try {
    for (let next = await news.next(); next; next = await news.next()) yield next;
    yield { kind: 'result', result: await running };
  } finally {
    left.abort();
    await running.catch(() => undefined);
  }
}

class News {
  #latest: Progress | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  tell(progress: Progress): void {
    this.#latest = progress;
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Waits for progress; undefined at the end. */
  async next(): Promise<Progress | undefined> {
    while (!this.#latest && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    const latest = this.#latest;
    this.#latest = undefined;
    return latest;
  }
}
