/** Limits concurrency to `limit` tasks; others wait in order of arrival. */
export class Semaphore {
  #freeSlots: number;
  readonly #queue: (() => void)[] = [];

  constructor(limit: number) {
    this.#freeSlots = limit;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#freeSlots > 0) this.#freeSlots--;
    else await new Promise<void>((resolve) => void this.#queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#freeSlots++;
    }
  }
}
