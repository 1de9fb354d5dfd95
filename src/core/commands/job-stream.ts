import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { Session } from '../session.ts';
import type { WriteContext } from './context.ts';
import type { WriteQueue } from './queue.ts';

export interface StreamedJob<R> {
  /** What others who wait for the file are told. */
  label: string;
  signal?: AbortSignal | undefined;
  /** `tell` passes progress on, the latest when it comes faster than it is taken; `signal` is raised too when nobody listens any more. */
  run(write: WriteContext, tell: (progress: Progress) => void, signal: AbortSignal): Promise<R>;
}

/** Runs long work in one write transaction, and streams how far it is and at last its result. Whoever stops listening cancels it. */
export async function* jobStream<R>(queue: WriteQueue, session: Session, work: StreamedJob<R>): Stream<R> {
  const left = new AbortController();
  const signal = work.signal ? AbortSignal.any([left.signal, work.signal]) : left.signal;
  const news = new News();
  const running = queue
    .job(session, work.label, (write) => work.run(write, (progress) => news.tell(progress), signal))
    .finally(() => news.end());
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

/** The latest progress that nobody has taken yet. */
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
