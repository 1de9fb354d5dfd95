import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Simulated } from './simulate.ts';
import type { Faults } from './faults.ts';

/** Seeds `from` up to and without `from + count`, with at most one planted fault turned on. */
export interface Task {
  from: number;
  count: number;
  fault?: string;
}

interface Waiting {
  task: Task;
  resolve: (result: Simulated) => void;
  reject: (error: unknown) => void;
}

const chunk = 25;

/** Threads that simulate, because a planted fault must be in the code before it is loaded. */
export class Workers {
  readonly #idle: Worker[];
  readonly #all: readonly Worker[];
  readonly #waiting: Waiting[] = [];
  readonly #running = new Set<Waiting>();
  /** Set once a thread has ended, as it does if a fault cannot be planted. */
  #failure: Error | undefined;

  constructor(count = availableParallelism()) {
    const file = new URL('worker.ts', import.meta.url);
    this.#all = Array.from({ length: count }, () => new Worker(file, { execArgv: [] }));
    for (const worker of this.#all) worker.on('error', (error) => this.#fail(error as Error));
    this.#idle = [...this.#all];
  }

  run(task: Task): Promise<Simulated> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure);
      this.#waiting.push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Divides the seeds among the threads; `onResult` sees each part as it ends. */
  async runAll({ from, count }: Task, onResult?: (result: Simulated) => void): Promise<Simulated> {
    const starts = Array.from({ length: Math.ceil(count / chunk) }, (_, at) => from + at * chunk);
    const results = await Promise.all(
      starts.map(async (start) => {
        const result = await this.run({ from: start, count: Math.min(chunk, from + count - start) });
        onResult?.(result);
        return result;
      }),
    );
    return results.reduce((all, one) => ({
      seeds: all.seeds + one.seeds,
      faults: sum(all.faults, one.faults),
      failed: [...all.failed, ...one.failed],
    }));
  }

  #next(): void {
    const worker = this.#waiting.length > 0 ? this.#idle.pop() : undefined;
    if (!worker) return;
    const started = this.#waiting.shift() as Waiting;
    this.#running.add(started);
    worker.once('message', (result: Simulated) => {
      this.#running.delete(started);
      this.#idle.push(worker);
      started.resolve(result);
      this.#next();
    });
    worker.postMessage(started.task);
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of [...this.#running, ...this.#waiting]) reject(error);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }
}

function sum(left: Faults, right: Faults): Faults {
  const keys = Object.keys(left) as (keyof Faults)[];
  return Object.fromEntries(keys.map((key) => [key, left[key] + right[key]])) as Faults;
}
