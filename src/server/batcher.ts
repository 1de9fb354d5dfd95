interface QueuedRequest<Q, A> {
  request: Q;
  resolve: (result: A) => void;
  reject: (error: unknown) => void;
}

/** Batches requests: those made while one batch is in flight form the next one, so a batch costs one round trip. */
export class Batcher<Q, A> {
  readonly #run: (requests: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]>;
  readonly #maxBatch: number;
  readonly #queue: QueuedRequest<Q, A>[] = [];
  #isBusy = false;

  /** `run` gets at most `maxBatch` requests and returns their results in the same order. If it rejects, all requests of the batch reject. */
  constructor(
    run: (requests: readonly Q[]) => Promise<readonly PromiseSettledResult<A>[]>,
    maxBatch: number,
  ) {
    this.#run = run;
    this.#maxBatch = maxBatch;
  }

  add(request: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#maxBatch);
      try {
        const results = await this.#run(batch.map(({ request }) => request));
        for (const [index, result] of results.entries())
          if (result.status === 'fulfilled') batch[index]?.resolve(result.value);
          else batch[index]?.reject(result.reason);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isBusy = false;
  }
}
