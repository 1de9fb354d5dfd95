import { setTimeout } from 'node:timers/promises';
import { usualLease } from '#shared/domain/jobs.ts';
import type { LeaseTimes } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ClaimedJob, ServerJobQueue } from './queue.ts';

export interface ServerJobRun {
  job: ClaimedJob;
  queue: ServerJobQueue;
  /** Raised when the job has lost its lease or was cancelled, and when the server ends. */
  signal: AbortSignal;
}

export interface ServerJobKind {
  maxAttempts: number;
  run: (run: ServerJobRun) => Promise<Json>;
  /** Milliseconds from one scheduled job to the next; none is scheduled without it. */
  every?: number;
}

export interface ServerRunnerOptions {
  queue: ServerJobQueue;
  kinds: Readonly<Record<string, ServerJobKind>>;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
  now: () => number;
  times?: LeaseTimes;
  /** Milliseconds between two looks at the queue. */
  poll?: number;
}

const usualPoll = 5000;
/** Milliseconds between two looks at the schedules. */
const scheduleEvery = 60_000;

/** Runs jobs of the queue, one at a time, until it is stopped. */
export class ServerJobRunner {
  readonly #options: ServerRunnerOptions;
  readonly #times: LeaseTimes;
  readonly #ending = new AbortController();
  #scheduled = -Infinity;
  #loop: Promise<void> | undefined;

  constructor(options: ServerRunnerOptions) {
    this.#options = options;
    this.#times = options.times ?? usualLease;
  }

  start(): this {
    this.#loop ??= this.#work();
    return this;
  }

  /** Stops the running job and gives it back. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#loop;
  }

  async #work(): Promise<void> {
    const { queue, kinds, log, poll = usualPoll } = this.#options;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.#lookAtSchedules();
        const worker = { name: `process ${process.pid}`, kinds: Object.keys(kinds) };
        const job = await queue.claim(worker, this.#times);
        if (job) {
          // It may have been claimed while the server began to end.
          await (signal.aborted ? queue.release(job) : this.#execute(job));
          continue;
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'the job queue could not be used');
      }
      await setTimeout(poll, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #lookAtSchedules(): Promise<void> {
    const { queue, kinds, now } = this.#options;
    const time = performance.now();
    if (time - this.#scheduled < scheduleEvery) return;
    this.#scheduled = time;
    await queue.trim();
    for (const [kind, { every, maxAttempts }] of Object.entries(kinds)) {
      if (every === undefined) continue;
      const last = await queue.lastOf(kind);
      if (last === null || Math.abs(now() - last) >= every)
        await queue.enqueue({ kind, input: {}, maxAttempts, schedule: kind });
    }
  }

  async #execute(job: ClaimedJob): Promise<void> {
    const { queue, kinds, log } = this.#options;
    const about = { job: job.id, kind: job.kind, attempt: job.attempts };
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.#ending.signal]);
    const beating = this.#beat(job, lost);
    try {
      const result = await kinds[job.kind]?.run({ job, queue, signal });
      // Not if one of its writes completed it.
      if (await queue.holds(job)) await queue.complete(job, result ?? null);
      log.info(about, 'job ended');
    } catch (error) {
      if (this.#ending.signal.aborted) await queue.release(job);
      else {
        log.error({ ...about, err: error }, 'job failed');
        await queue.fail(job, {
          code: 'INTERNAL',
          message: error instanceof Error ? error.message : String(error),
        });
      }
    } finally {
      lost.abort();
      await beating;
    }
  }

  /** Renews the lease until the job has ended; aborts `lost` if it cannot. */
  async #beat(job: ClaimedJob, lost: AbortController): Promise<void> {
    const { queue, log } = this.#options;
    const { signal } = lost;
    while (!signal.aborted) {
      await setTimeout(this.#times.heartbeat, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        if ((await queue.heartbeat([job], this.#times)).length > 0) lost.abort();
      } catch (error) {
        log.error({ err: error, job: job.id }, 'a heartbeat failed');
      }
    }
  }
}
