import { basename } from 'node:path';
import type { Job, JobDetails, JobOverview } from '#shared/contract/jobs.ts';
import { Fault } from '#shared/contract/faults.ts';
import {
  cancelJob,
  claimJob,
  completeJob,
  failJob,
  holdsLease,
  isLeaseExpired,
  expireLease,
  LeaseLost,
  releaseJob,
  retryJob,
  defaultLease,
} from '#shared/domain/jobs.ts';
import type { JobChange, JobError, JobFields, JobState, Lease, LeaseTimes } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { isoTime } from '../kernel/system.ts';
import type { Services } from '../model/services.ts';
import { JobStore } from './store.ts';
import type { FoundJob, StoredJob } from './store.ts';

const dayMs = 86_400_000;
/** Finished jobs older than this, or beyond this number, are removed. */
const retention = { days: 30, jobs: 500 };

export interface ClaimedJob extends Lease {
  kind: string;
  input: Json;
  checkpoint: Json;
  created_by: string;
  attempts: number;
}

export interface NewJob {
  kind: string;
  input: Json;
  maxAttempts: number;
  createdBy: string;
  priority?: number;
  /** Key of the schedule that enqueued the job. A schedule has at most one open job. */
  schedule?: string | null;
}

/** The persistent jobs of one workspace. Processes share the queue through the database file. */
export class JobQueue {
  readonly #services: Pick<Services, 'read' | 'queue' | 'source'>;
  readonly #store: JobStore;
  readonly #progress = new Map<string, Job['progress']>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(services: Pick<Services, 'read' | 'queue' | 'source'>) {
    this.#services = services;
    this.#store = new JobStore(services.source.replica);
  }

  list(filter: {
    states?: readonly JobState[] | undefined;
    kinds?: readonly string[] | undefined;
    limit: number;
    offset: number;
  }): { jobs: Job[]; total: number } {
    const { jobs, total } = this.#store.page(this.#services.read, filter);
    return { jobs: jobs.map((job) => this.#toJob(job)), total };
  }

  /** Throws NOT_FOUND. */
  get(id: string): Job {
    return this.#toJob(this.#find(this.#services.read, id));
  }

  details(id: string): JobDetails {
    return { ...this.get(id), ...this.#store.details(this.#services.read, id) };
  }

  hasOpen(kinds: readonly string[]): boolean {
    return this.#store.hasOpen(this.#services.read, kinds);
  }

  overview(): JobOverview {
    const { read } = this.#services;
    const running = this.#store.listRunning(read).map((job) => this.#toJob(job));
    return { running, counts: this.#store.countByState(read) };
  }

  /** Resolves when the job is durable. If the schedule already has an open job, returns that job. */
  async enqueue(job: NewJob): Promise<Job> {
    const id = await this.#write((db) => this.enqueueIn(db, job));
    return this.get(id);
  }

  /** Like `enqueue`, but within the caller's transaction, so both commit together. Returns the job's id. */
  enqueueIn(
    db: WriteHandle,
    { kind, input, maxAttempts, createdBy, priority = 0, schedule = null }: NewJob,
  ): string {
    const openJobId = schedule === null ? undefined : this.#store.findOpen(db, schedule);
    if (openJobId !== undefined) return openJobId;
    const now = this.#now();
    const job: StoredJob = {
      id: `job_${this.#services.source.ids.uuid()}`,
      kind,
      priority,
      state: 'pending',
      attempts: 0,
      max_attempts: maxAttempts,
      run_after: isoTime(now),
      lease_until: null,
      token: 0,
      worker: null,
      error: null,
      result: null,
      progress: null,
      created_by: createdBy,
      created_at: isoTime(now),
      started_at: null,
      finished_at: null,
      schedule,
    };
    this.#store.insert(db, job, input);
    return job.id;
  }

  /** Checks without writing whether `claim` would find a job. */
  hasWork(
    kinds: readonly string[],
    { lease }: LeaseTimes = defaultLease,
    heldLeases: readonly Lease[] = [],
  ): boolean {
    const { read } = this.#services;
    const now = this.#now();
    if (this.#store.findNext(read, isoTime(now), kinds)) return true;
    const heldIds = new Set(heldLeases.map(({ id }) => id));
    return this.#store
      .listRunning(read)
      .some((job) => !heldIds.has(job.id) && isLeaseExpired(job, { now, lease }));
  }

  /** Claims the next job by priority and age; null if none is due. Renews the worker's own leases first, then ends lapsed ones. */
  claim(
    worker: { name: string; kinds: readonly string[]; heldLeases?: readonly Lease[] },
    times = defaultLease,
  ): Promise<ClaimedJob | null> {
    return this.#write((db) => {
      const now = this.#now();
      const { lease } = times;
      for (const heldLease of worker.heldLeases ?? []) this.#renew(db, heldLease, now + lease);
      for (const job of this.#store.listRunning(db))
        if (isLeaseExpired(job, { now, lease })) this.#change(db, job, expireLease(job, now));
      const job = this.#store.findNext(db, isoTime(now), worker.kinds);
      const change = job && claimJob(job, { now, worker: worker.name, lease });
      if (!job || !change) return null;
      this.#change(db, job, change);
      const { id, kind, created_by } = job;
      const { input, checkpoint } = this.#store.details(db, id);
      const { token, attempts } = { ...job, ...change };
      return { id, kind, created_by, input, checkpoint, token, attempts };
    });
  }

  heartbeat(heldLeases: readonly Lease[], { lease }: LeaseTimes = defaultLease): Promise<Lease[]> {
    return this.#write((db) =>
      heldLeases.filter((heldLease) => !this.#renew(db, heldLease, this.#now() + lease)),
    );
  }

  /** Returns the lost leases without writing. */
  lostLeases(heldLeases: readonly Lease[]): Lease[] {
    return heldLeases.filter((heldLease) => !this.holds(this.#services.read, heldLease));
  }

  holds(db: ReadHandle, { id, token }: Lease): boolean {
    const job = this.#store.find(db, id);
    return job !== undefined && holdsLease(job, token);
  }

  /** Call in the transaction that writes for a job. Throws LeaseLost. */
  assertLease(db: ReadHandle, lease: Lease): StoredJob {
    const job = this.#store.find(db, lease.id);
    if (!job || !holdsLease(job, lease.token)) throw new LeaseLost(`job ${lease.id} has another worker`);
    return job;
  }

  /** Saves the checkpoint for the next attempt. Throws LeaseLost. */
  checkpoint(lease: Lease, value: Json): Promise<void> {
    return this.#write((db) => this.checkpointIn(db, lease, value));
  }

  checkpointIn(db: WriteHandle, lease: Lease, checkpoint: Json): void {
    this.assertLease(db, lease);
    this.#store.update(db, lease.id, { checkpoint });
  }

  /** Throws LeaseLost. */
  complete(lease: Lease, result: Json): Promise<void> {
    return this.#write((db) => this.completeIn(db, lease, result));
  }

  /** Call in the transaction of the job's last write. Throws LeaseLost. */
  completeIn(db: WriteHandle, lease: Lease, result: Json): void {
    this.#change(db, this.assertLease(db, lease), completeJob(this.#now(), result));
  }

  /** Ends an attempt as failed. Does nothing if the lease is lost. */
  fail(lease: Lease, error: JobError, isPermanent = false): Promise<void> {
    return this.#changeIfHeld(lease, (job) => failJob(job, { now: this.#now(), error, isPermanent }));
  }

  /** Returns the job to the queue when the worker shuts down. Does nothing if the lease is lost. */
  release(lease: Lease): Promise<void> {
    return this.#changeIfHeld(lease, releaseJob);
  }

  /** Leaves a finished job unchanged. Throws NOT_FOUND, and what `assertCan` throws. */
  cancel(id: string, assertCan: (job: Job) => void = () => {}): Promise<Job> {
    return this.#changeById(id, cancelJob, assertCan);
  }

  /** Leaves a job unchanged unless it is dead or failed. Throws NOT_FOUND, and what `assertCan` throws. */
  retry(id: string, assertCan: (job: Job) => void = () => {}): Promise<Job> {
    return this.#changeById(id, retryJob, assertCan);
  }

  lastEnqueuedAt(schedule: string): string | null {
    return this.#store.lastEnqueuedAt(this.#services.read, schedule);
  }

  trim(): Promise<number> {
    const before = isoTime(this.#now() - retention.days * dayMs);
    return this.#write((db) => this.#store.trim(db, { before, keep: retention.jobs }));
  }

  /** Sets the progress of a job of this process. Other processes see it after the next heartbeat. */
  setProgress({ id }: Lease, progress: Job['progress']): void {
    this.#progress.set(id, progress);
  }

  clearProgress({ id }: Lease): void {
    this.#progress.delete(id);
  }

  /** Calls `listener` after each change in this process. Returns the unsubscribe function. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#notifyListeners();
  }

  #renew(db: WriteHandle, lease: Lease, leaseEnd: number): boolean {
    const job = this.#store.find(db, lease.id);
    if (!job || !holdsLease(job, lease.token)) return false;
    const progress = this.#progress.get(lease.id);
    this.#store.update(db, lease.id, { lease_until: isoTime(leaseEnd), ...(progress && { progress }) });
    return true;
  }

  #change(db: WriteHandle, job: StoredJob, change: JobChange): void {
    const endsAttempt = change.state !== undefined && change.state !== 'running';
    this.#store.update(db, job.id, { ...change, ...(endsAttempt && { progress: null }) });
  }

  #changeIfHeld(lease: Lease, changeOf: (job: JobFields) => JobChange): Promise<void> {
    return this.#write((db) => {
      const job = this.#store.find(db, lease.id);
      if (job && holdsLease(job, lease.token)) this.#change(db, job, changeOf(job));
    });
  }

  async #changeById(
    id: string,
    changeOf: (job: JobFields, now: number) => JobChange | null,
    assertCan: (job: Job) => void,
  ): Promise<Job> {
    await this.#write((db) => {
      const job = this.#find(db, id);
      assertCan(this.#toJob(job));
      const change = changeOf(job, this.#now());
      if (change) this.#change(db, job, change);
    });
    return this.get(id);
  }

  async #write<T>(work: (db: WriteHandle) => T): Promise<T> {
    const value = await this.#services.queue.unaudited(work);
    this.#notifyListeners();
    return value;
  }

  #notifyListeners(): void {
    for (const listener of this.#listeners) listener();
  }

  #find(db: ReadHandle, id: string): FoundJob {
    const job = this.#store.find(db, id);
    if (!job) throw new Fault('NOT_FOUND', { type: 'job', id });
    return job;
  }

  #toJob(stored: FoundJob): Job {
    const { token: _, lease_until: __, result: ___, path, question, university, repository, ...job } = stored;
    const about = { file: path === null ? null : basename(path), question, university, repository };
    const progress = this.#progress.get(job.id) ?? job.progress;
    return { ...job, about, progress: job.state === 'running' ? progress : null };
  }

  #now(): number {
    return this.#services.source.clock.now();
  }
}

/** Resolves when this process changes the queue, or after `milliseconds`, when another process can have changed it. */
export function waitForChange(queue: JobQueue, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      unlisten();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    const unlisten = queue.onChange(finish);
    signal?.addEventListener('abort', finish);
    if (signal?.aborted) finish();
  });
}

const createSlot = (): { queue?: JobQueue } => ({});

export function jobQueue(services: Services): JobQueue {
  const { home } = services;
  const slot = home.singletons.get(createSlot);
  return (slot.queue ??= new JobQueue(home));
}
