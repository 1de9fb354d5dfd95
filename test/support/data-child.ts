import type { FromData, ToData } from '#shared/shell/process.ts';
import { createHost } from '#data/host.ts';
import type { Child } from '#main/data-watch.ts';

/** The real host in this process, as the process that main starts: it can be made deaf, and be ended without warning. */
export class Process implements Child<never> {
  readonly pid = 1;
  deaf = false;
  readonly told: ToData[] = [];
  #ended = false;
  readonly #messages: ((message: FromData) => void)[] = [];
  readonly #exits: ((code: number) => void)[] = [];
  readonly #closed = Promise.withResolvers<void>();
  readonly #host = createHost(
    {
      on: () => undefined,
      postMessage: (message) => {
        if (!this.#ended) for (const listener of this.#messages) listener(message);
      },
    },
    () => {
      this.end();
      this.#closed.resolve();
    },
  );

  on(event: 'message' | 'exit', listener: ((message: FromData) => void) & ((code: number) => void)): void {
    (event === 'message' ? this.#messages : this.#exits).push(listener);
  }

  postMessage(message: ToData): void {
    this.told.push(message);
    if (!this.deaf && !this.#ended) this.#host.receive(message, []);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const listener of this.#exits) listener(1);
  }

  /** Closes its files, which the system does for a process that was killed. */
  tidy(): Promise<void> {
    this.#ended = true;
    this.#host.receive({ kind: 'close' }, []);
    return this.#closed.promise;
  }
}
