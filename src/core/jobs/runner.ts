import { isFault } from '#shared/contract/faults.ts';
import { defaultLease } from '#shared/domain/jobs.ts';
import type { LeaseTimes } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Session } from '../log/session.ts';
import { toWireError } from '../model/pipeline.ts';
import type { CallContext, Services } from '../model/services.ts';
import { fencedWrites } from './fenced-writes.ts';
import { isPermanent } from './kind.ts';
import type { JobKinds, JobRun, JobWrite } from './kind.ts';
import { jobQueue, waitForChange } from './queue.ts';
import type { ClaimedJob, JobQueue } from './queue.ts';
import { enqueueDue } from './schedule.ts';
import type { Schedule } from './schedule.ts';

export interface RunnerOptions {
  services: Services;
  kinds: JobKinds;
  /** The session that scheduled jobs act as. */
  session: () => Session;
  /** Concurrent jobs; default 2. */
  workers?: number | undefined;
  schedules?: readonly Schedule[] | undefined;
  times?: LeaseTimes | undefined;
  /** Milliseconds between polls for jobs that other processes enqueued or cancelled; default 1000. */
  poll?: number | undefined;
}

/** Milliseconds from opening to the first check of schedules, and between later checks. */
const schedulePauses = { first: 5 * 60_000, next: 30 * 60_000 };
const defaultPollMs = 1000;
/** Milliseconds before a retry when the queue could not be read or written. */
const errorPauseMs = 5000;

interface RunningJob extends ClaimedJob {
  abortController: AbortController;
  done: Promise<void>;
}

/** Runs jobs of one workspace until stopped. Several processes can each have a runner for it. */
export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #queue: JobQueue;
  readonly #times: LeaseTimes;
  readonly #name: string;
  readonly #running = new Map<string, RunningJob>();
  /** Ids of the jobs that this runner started, in order. */
  readonly startedIds = new Set<string>();
  #lastHeartbeat = 0;
  #nextScheduleCheck: number;
  #isStopped = false;
  #isWoken = false;
  #wake: (() => void) | undefined;
  #loop: Promise<void> | undefined;
  #unlisten = (): void => {};
  #pollError: unknown = null;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#queue = jobQueue(options.services);
    this.#times = options.times ?? defaultLease;
    this.#name = `process ${process.pid}`;
    this.#nextScheduleCheck = this.#elapsed() + schedulePauses.first;
  }

  start(): this {
    this.#unlisten = this.#queue.onChange(() => this.wake());
    this.#loop ??= this.#runLoop();
    return this;
  }

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Resolves when no process has an open job of the runner's kinds, or on stop or abort. Throws the queue's error, unless it is BUSY. */
  async waitUntilEmpty(signal?: AbortSignal): Promise<void> {
    const kinds = Object.keys(this.#options.kinds);
    const isOver = (): boolean => this.#isStopped || signal?.aborted === true || !this.#queue.hasOpen(kinds);
    while (!isOver()) {
      if (isFault(this.#pollError) && this.#pollError.code !== 'BUSY') throw this.#pollError;
      await waitForChange(this.#queue, this.#options.poll ?? defaultPollMs, signal);
    }
  }

  /** Stops the running jobs and returns them to the queue. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unlisten();
    for (const { abortController } of this.#running.values()) abortController.abort();
    this.wake();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    await this.#loop;
  }

  async #runLoop(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      let pause = this.#options.poll ?? defaultPollMs;
      try {
        await this.#poll();
        this.#pollError = null;
      } catch (error) {
        if (this.#isStopped) return;
        pause = errorPauseMs;
        if (String(error) !== String(this.#pollError))
          this.#options.services.log.warn({ error: String(error) }, 'the job queue could not be used');
        this.#pollError = error;
      }
      if (!this.#isStopped && !this.#isWoken) await this.#sleep(pause);
    }
  }

  async #poll(): Promise<void> {
    this.#stopLost(this.#queue.lostLeases(this.#claimedJobs()));
    if (this.#running.size > 0 && this.#elapsed() - this.#lastHeartbeat >= this.#times.heartbeat) {
      this.#lastHeartbeat = this.#elapsed();
      this.#stopLost(await this.#queue.heartbeat(this.#claimedJobs(), this.#times));
    }
    if (this.#elapsed() >= this.#nextScheduleCheck) await this.#enqueueScheduled();
    while (!this.#isStopped && this.#running.size < (this.#options.workers ?? 2)) {
      const kinds = Object.keys(this.#options.kinds);
      if (!this.#queue.hasWork(kinds, this.#times, this.#claimedJobs())) return;
      const heldLeases = this.#claimedJobs();
      const job = await this.#queue.claim({ name: this.#name, kinds, heldLeases }, this.#times);
      if (!job) return;
      if (this.#isStopped) return this.#queue.release(job);
      if (this.#running.size === 0) this.#lastHeartbeat = this.#elapsed();
      this.#begin(job);
    }
  }

  async #enqueueScheduled(): Promise<void> {
    this.#nextScheduleCheck = this.#elapsed() + schedulePauses.next;
    const { services, schedules = [], kinds } = this.#options;
    await this.#queue.trim();
    await enqueueDue(this.#queue, schedules, {
      now: services.source.clock.now(),
      createdAt: readFacts(services.read).created_at,
      maxAttempts: (kind) => kinds[kind]?.maxAttempts ?? 1,
    });
  }

  #begin(job: ClaimedJob): void {
    this.startedIds.add(job.id);
    const abortController = new AbortController();
    const done = this.#execute(job, abortController.signal).finally(() => {
      this.#running.delete(job.id);
      this.#queue.clearProgress(job);
      this.wake();
    });
    this.#running.set(job.id, { ...job, abortController, done });
  }

  async #execute(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const { services } = this.#options;
    const { log } = services;
    const logFields = { job: job.id, kind: job.kind, attempt: job.attempts };
    try {
      const kind = this.#options.kinds[job.kind];
      if (!kind) throw new Error(`no job of the kind ${job.kind}`);
      const input = kind.input.parse(job.input);
      const result = await kind.run(this.#runOf(job, input, signal));
      // A write of the job can already have completed it.
      if (this.#queue.holds(services.read, job)) await this.#queue.complete(job, result);
      log.info(logFields, 'job ended');
    } catch (error) {
      await this.#endWithError(job, error, signal).catch((endError: unknown) => {
        // The lease will lapse, which retries the job.
        log.warn({ ...logFields, error: String(endError) }, 'the end of a job could not be written');
      });
    }
  }

  async #endWithError(job: ClaimedJob, error: unknown, signal: AbortSignal): Promise<void> {
    const { services } = this.#options;
    const logFields = { job: job.id, kind: job.kind, attempt: job.attempts };
    if (!this.#queue.holds(services.read, job))
      return services.log.info(
        { ...logFields, error: String(error) },
        'job completed, cancelled or taken over',
      );
    if (signal.aborted) return this.#queue.release(job);
    const { code, message, data } = toWireError(error, this.#contextOf(job, services));
    services.log.warn({ ...logFields, code }, 'job failed');
    await this.#queue.fail(job, { code, message, data: data as Json }, isPermanent(error));
  }

  #runOf(job: ClaimedJob, input: unknown, signal: AbortSignal): JobRun<unknown> {
    const { services } = this.#options;
    const queue = this.#queue;
    const callWith = (afterWrite: (write: JobWrite, value: unknown) => void): CallContext => {
      const writes = fencedWrites(services.queue, queue, job, (db, value) =>
        afterWrite(
          {
            db,
            save: (checkpoint) => queue.checkpointIn(db, job, checkpoint),
            complete: (result) => queue.completeIn(db, job, result),
          },
          value,
        ),
      );
      return this.#contextOf(job, { ...services, queue: writes });
    };
    return {
      id: job.id,
      input,
      checkpoint: job.checkpoint,
      signal,
      onProgress: ({ step, done, total }) => queue.setProgress(job, { step, done, total }),
      call: callWith(() => {}),
      callWith,
      save: (checkpoint: Json) => queue.checkpoint(job, checkpoint),
    };
  }

  #contextOf({ id, created_by }: ClaimedJob, services: Services): CallContext {
    const profile = created_by === '' ? this.#options.session().profile : created_by;
    return { services, session: { profile, requestId: id } };
  }

  #stopLost(lostLeases: readonly { id: string }[]): void {
    for (const { id } of lostLeases) this.#running.get(id)?.abortController.abort();
  }

  #claimedJobs(): ClaimedJob[] {
    return [...this.#running.values()];
  }

  #elapsed(): number {
    return this.#options.services.source.clock.elapsed();
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
