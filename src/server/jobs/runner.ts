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
  every?: number;
}

export interface ServerRunnerOptions {
  queue: ServerJobQueue;
  kinds: Readonly<Record<string, ServerJobKind>>;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
  now: () => number;
  times?: LeaseTimes;
  /** Milliseconds between polls of the queue. */
  poll?: number;
}

const defaultPoll = 5000;
/** Milliseconds between checks of the schedules. */
const scheduleInterval = 60_000;

/** Runs jobs of the queue, one at a time. */
export class ServerJobRunner {
  readonly #options: ServerRunnerOptions;
  readonly #times: LeaseTimes;
  readonly #stopping = new AbortController();
  #lastScheduleCheck = -Infinity;
  #loop: Promise<void> | undefined;

  constructor(options: ServerRunnerOptions) {
    this.#options = options;
    this.#times = options.times ?? defaultLease;
  }

  start(): this {
    this.#loop ??= this.#work();
    return this;
  }

  /** Aborts the running job and returns it to the queue. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #work(): Promise<void> {
    const { queue, kinds, log, poll = defaultPoll } = this.#options;
    const { signal } = this.#stopping;
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
      await setTimeout(poll, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #enqueueScheduled(): Promise<void> {
    const { queue, kinds, now } = this.#options;
    const time = performance.now();
    if (time - this.#lastScheduleCheck < scheduleInterval) return;
    this.#lastScheduleCheck = time;
    await queue.trim();
    for (const [kind, { every, maxAttempts }] of Object.entries(kinds)) {
      if (every === undefined) continue;
      const lastTime = await queue.lastEnqueuedAt(kind);
      if (lastTime === null || Math.abs(now() - lastTime) >= every)
        await queue.enqueue({ kind, input: {}, maxAttempts, schedule: kind });
    }
  }

  async #execute(job: ClaimedJob): Promise<void> {
    const { queue, kinds, log } = this.#options;
    const logFacts = { job: job.id, kind: job.kind, attempt: job.attempts };
    const leaseLost = new AbortController();
    const signal = AbortSignal.any([leaseLost.signal, this.#stopping.signal]);
    const renewal = this.#renewLease(job, leaseLost);
    try {
      const result = await kinds[job.kind]?.run({ job, queue, signal });
      // A write of the job can have completed it.
      if (await queue.holds(job)) await queue.complete(job, result ?? null);
      log.info(logFacts, 'job ended');
    } catch (error) {
      if (this.#stopping.signal.aborted) await queue.release(job);
      else {
        log.error({ ...logFacts, err: error }, 'job failed');
        await queue.fail(job, {
          code: 'INTERNAL',
          message: error instanceof Error ? error.message : String(error),
        });
      }
    } finally {
      leaseLost.abort();
      await renewal;
    }
  }

  /** Renews the lease until the job ends. Aborts `leaseLost` if it cannot. */
  async #renewLease(job: ClaimedJob, leaseLost: AbortController): Promise<void> {
    const { queue, log } = this.#options;
    const { signal } = leaseLost;
    while (!signal.aborted) {
      await setTimeout(this.#times.heartbeat, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        if ((await queue.heartbeat([job], this.#times)).length > 0) leaseLost.abort();
      } catch (error) {
        log.error({ err: error, job: job.id }, 'a heartbeat failed');
      }
    }
  }
}
