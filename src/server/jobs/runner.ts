import { setTimeout } from 'node:timers/promises';
import { defaultLease } from '#shared/domain/jobs.ts';
import type { LeaseTimes } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ClaimedJob, ServerJobQueue } from './queue.ts';

export interface ServerJobRun {
  job: ClaimedJob;
  queue: ServerJobQueue;
  /** Aborted when the job loses its lease or is cancelled, and when the server stops. */
  signal: AbortSignal;
}

export interface ServerJobKind {
  maxAttempts: number;
  run: (run: ServerJobRun) => Promise<Json>;
  /** Milliseconds between scheduled jobs; without it, none is scheduled. */
  interval?: number;
}

export interface ServerRunnerOptions {
  queue: ServerJobQueue;
  kinds: Readonly<Record<string, ServerJobKind>>;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
  now: () => number;
  times?: LeaseTimes;
  /** Milliseconds between polls of the queue. */
  pollInterval?: number;
}

const defaultPollInterval = 5000;
const scheduleCheckIntervalMs = 60_000;

/** Runs jobs of the queue, one at a time. */
export class ServerJobRunner {
  readonly #options: ServerRunnerOptions;
  readonly #times: LeaseTimes;
  readonly #stopController = new AbortController();
  #lastScheduleCheck = -Infinity;
  #loop: Promise<void> | undefined;

  constructor(options: ServerRunnerOptions) {
    this.#options = options;
    this.#times = options.times ?? defaultLease;
  }

  start(): this {
    this.#loop ??= this.#runLoop();
    return this;
  }

  /** Aborts the running job and returns it to the queue. */
  async stop(): Promise<void> {
    this.#stopController.abort();
    await this.#loop;
  }

  async #runLoop(): Promise<void> {
    const { queue, kinds, log, pollInterval = defaultPollInterval } = this.#options;
    const { signal } = this.#stopController;
    while (!signal.aborted) {
      try {
        await this.#enqueueScheduled();
        const worker = { name: `process ${process.pid}`, kinds: Object.keys(kinds) };
        const job = await queue.claim(worker, this.#times);
        if (job) {
          // The job can have been claimed while the server was stopping.
          await (signal.aborted ? queue.release(job) : this.#execute(job));
          continue;
        }
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'the job queue could not be used');
      }
      await setTimeout(pollInterval, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #enqueueScheduled(): Promise<void> {
    const { queue, kinds, now } = this.#options;
    const time = performance.now();
    if (time - this.#lastScheduleCheck < scheduleCheckIntervalMs) return;
    this.#lastScheduleCheck = time;
    await queue.trim();
    for (const [kind, { interval, maxAttempts }] of Object.entries(kinds)) {
      if (interval === undefined) continue;
      const lastTime = await queue.lastEnqueuedAt(kind);
      if (lastTime === null || Math.abs(now() - lastTime) >= interval)
        await queue.enqueue({ kind, input: {}, maxAttempts, schedule: kind });
    }
  }

  async #execute(job: ClaimedJob): Promise<void> {
    const { queue, kinds, log } = this.#options;
    const logFacts = { job: job.id, kind: job.kind, attempt: job.attempts };
    const leaseController = new AbortController();
    const signal = AbortSignal.any([leaseController.signal, this.#stopController.signal]);
    const renewal = this.#renewLease(job, leaseController);
    try {
      const result = await kinds[job.kind]?.run({ job, queue, signal });
      // The job can have completed itself in its last write.
      if (await queue.holds(job)) await queue.complete(job, result ?? null);
      log.info(logFacts, 'job ended');
    } catch (error) {
      if (this.#stopController.signal.aborted) await queue.release(job);
      else {
        log.error({ ...logFacts, err: error }, 'job failed');
        await queue.fail(job, {
          code: 'INTERNAL',
          message: error instanceof Error ? error.message : String(error),
        });
      }
    } finally {
      leaseController.abort();
      await renewal;
    }
  }

  /** Renews the lease until the job ends. Aborts `leaseController` if the lease is lost. */
  async #renewLease(job: ClaimedJob, leaseController: AbortController): Promise<void> {
    const { queue, log } = this.#options;
    const { signal } = leaseController;
    while (!signal.aborted) {
      await setTimeout(this.#times.heartbeat, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        if ((await queue.heartbeat([job], this.#times)).length > 0) leaseController.abort();
      } catch (error) {
        log.error({ err: error, job: job.id }, 'a heartbeat failed');
      }
    }
  }
}
