import { randomUUID } from 'node:crypto';
import type { Job } from '#shared/contract/job.ts';
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
import type { Database, Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';

type StoredJob = JobFields & Pick<Job, 'id' | 'kind' | 'created_by'> & { input: Json; checkpoint: Json };
export type ClaimedJob = Lease & Pick<StoredJob, 'kind' | 'created_by' | 'input' | 'checkpoint' | 'attempts'>;

const jobColumns = `id, kind, state, attempts, max_attempts, run_after, lease_until, token, worker, error, result, started_at, finished_at, created_by,
  input, checkpoint`;
const openCondition = `state IN ('pending', 'running', 'failed')`;
/** SQL of the state of a backup or restore in the words of all jobs. */
export const backupStateSql = `CASE state WHEN 'waiting' THEN 'pending' WHEN 'done' THEN 'completed' WHEN 'failed' THEN 'dead' ELSE state END`;
/** Jobs of the queue, and backups and restores from their own table, in one form. */
const allJobsQuery = `SELECT id, kind, state, priority, attempts, max_attempts, created_at, created_by, run_after, started_at, finished_at, worker,
    CASE state WHEN 'running' THEN progress END AS progress, error, schedule FROM queued_jobs
  UNION ALL SELECT id, kind, ${backupStateSql},
    0, (state <> 'waiting')::integer, 1, created_at, '', created_at, started_at, ended_at, NULL,
    CASE state WHEN 'running' THEN jsonb_build_object('step', 'copying', 'done', round(progress * 100), 'total', 100) END,
    CASE WHEN problem IS NOT NULL THEN jsonb_build_object('code', 'FAILED', 'message', problem) END, slot FROM jobs`;
const jsonColumns: ReadonlySet<string> = new Set(['error', 'result', 'progress', 'checkpoint']);
const endedJobDays = 30;

/** The persistent jobs of the server, with the same states as those of a workspace. Several servers can share the queue. */
export class ServerJobQueue {
  readonly #database: Database;
  readonly #now: (() => number) | undefined;

  /** Uses the clock of the database, which servers share, unless `now` is passed. */
  constructor(database: Database, now?: () => number) {
    this.#database = database;
    this.#now = now;
  }

  async list({
    states,
    kinds,
    page,
    page_size,
  }: {
    states: readonly JobState[] | undefined;
    kinds: readonly string[] | undefined;
    page: number;
    page_size: number;
  }): Promise<{ data: Job[]; total: number }> {
    const condition = `($1::text[] IS NULL OR state = ANY ($1)) AND ($2::text[] IS NULL OR kind = ANY ($2))`;
    const values = [states ?? null, kinds ?? null];
    const data = await this.#database.all<Job>(
      `SELECT * FROM (${allJobsQuery}) jobs WHERE ${condition} ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4`,
      [...values, page_size, (page - 1) * page_size],
    );
    const row = await this.#database.get<{ n: number }>(
      `SELECT count(*) AS n FROM (${allJobsQuery}) jobs WHERE ${condition}`,
      values,
    );
    return { data, total: row?.n ?? 0 };
  }

  async get(id: string): Promise<Job | undefined> {
    return this.#database.get<Job>(`SELECT * FROM (${allJobsQuery}) jobs WHERE id = $1`, [id]);
  }

  async findQueued(id: string): Promise<StoredJob | undefined> {
    return this.#find(this.#database, id);
  }

  /** Returns the id of the new job, or of the open job of the same schedule. `sql` is a transaction that the job belongs to. */
  async enqueue(
    {
      kind,
      input,
      maxAttempts,
      createdBy = '',
      priority = 0,
      schedule = null,
    }: {
      kind: string;
      input: Json;
      maxAttempts: number;
      createdBy?: string;
      priority?: number;
      schedule?: string | null;
    },
    sql: Sql = this.#database,
  ): Promise<string> {
    const id = `job_${randomUUID()}`;
    const now = isoTime(await this.#currentTime(sql));
    const inserted = await sql.run(
      `INSERT INTO queued_jobs (id, kind, input, priority, state, attempts, max_attempts, run_after, token, created_by, created_at, schedule)
       VALUES ($1, $2, $3, $4, 'pending', 0, $5, $6, 0, $7, $6, $8) ON CONFLICT DO NOTHING`,
      [id, kind, JSON.stringify(input), priority, maxAttempts, now, createdBy, schedule],
    );
    if (inserted > 0) return id;
    const row = await sql.get<{ id: string }>(
      `SELECT id FROM queued_jobs WHERE schedule = $1 AND ${openCondition}`,
      [schedule],
    );
    return row?.id ?? id;
  }

  /** When a job of this schedule was last enqueued, in milliseconds since 1970; null if never. */
  async lastEnqueuedAt(schedule: string): Promise<number | null> {
    const row = await this.#database.get<{ at: string | null }>(
      'SELECT max(created_at) AS at FROM queued_jobs WHERE schedule = $1',
      [schedule],
    );
    return row?.at == null ? null : Date.parse(row.at);
  }

  /** Like `JobQueue.claim` of a workspace. Skips jobs that another server is claiming. */
  claim(
    worker: { name: string; kinds: readonly string[]; heldLeases?: readonly Lease[] },
    { lease }: LeaseTimes = defaultLease,
  ): Promise<ClaimedJob | null> {
    return this.#database.transaction(async (sql) => {
      const now = await this.#currentTime(sql);
      for (const heldLease of worker.heldLeases ?? []) await this.#renew(sql, heldLease, now + lease);
      const lock = 'FOR UPDATE SKIP LOCKED';
      const expiredLeasesQuery = `SELECT ${jobColumns} FROM queued_jobs WHERE state = 'running' AND (lease_until <= $1 OR lease_until > $2) ${lock}`;
      for (const job of await sql.all<StoredJob>(expiredLeasesQuery, [
        isoTime(now),
        isoTime(now + 2 * lease),
      ]))
        if (isLeaseExpired(job, { now, lease })) await this.#change(sql, job.id, expireLease(job, now));
      const job = await sql.get<StoredJob>(
        `SELECT ${jobColumns} FROM queued_jobs WHERE state IN ('pending', 'failed') AND ${openCondition} AND run_after <= $1 AND kind = ANY ($2)
         ORDER BY priority DESC, number LIMIT 1 ${lock}`,
        [isoTime(now), worker.kinds],
      );
      const change = job && claimJob(job, { now, worker: worker.name, lease });
      if (!job || !change) return null;
      await this.#change(sql, job.id, change);
      const { id, kind, created_by, input, checkpoint } = job;
      const { token, attempts } = { ...job, ...change };
      return { id, kind, created_by, input, checkpoint, token, attempts };
    });
  }

  /** Renews leases. Returns the lost ones. */
  heartbeat(leases: readonly Lease[], { lease }: LeaseTimes = defaultLease): Promise<Lease[]> {
    return this.#database.transaction(async (sql) => {
      const leaseEnd = (await this.#currentTime(sql)) + lease;
      const lostLeases: Lease[] = [];
      for (const heldLease of leases)
        if (!(await this.#renew(sql, heldLease, leaseEnd))) lostLeases.push(heldLease);
      return lostLeases;
    });
  }

  async holds({ id, token }: Lease): Promise<boolean> {
    const job = await this.#find(this.#database, id);
    return job !== undefined && holdsLease(job, token);
  }

  /** Runs the work of a job in a transaction that locks the job. Throws LeaseLost. */
  write<T>(
    lease: Lease,
    work: (
      sql: Sql,
      job: { save: (checkpoint: Json) => Promise<void>; complete: (result: Json) => Promise<void> },
    ) => Promise<T>,
  ): Promise<T> {
    return this.#database.transaction(async (sql) => {
      const job = await this.#find(sql, lease.id, 'FOR UPDATE');
      if (!job || !holdsLease(job, lease.token)) throw new LeaseLost(`job ${lease.id} has another worker`);
      return work(sql, {
        save: (checkpoint) => this.#change(sql, lease.id, { checkpoint }),
        complete: async (result) =>
          this.#change(sql, lease.id, completeJob(await this.#currentTime(sql), result)),
      });
    });
  }

  /** Throws LeaseLost. */
  complete(lease: Lease, result: Json): Promise<void> {
    return this.write(lease, (_, job) => job.complete(result));
  }

  /** Ends a failed attempt. Does nothing if the lease is lost. */
  fail(lease: Lease, error: JobError, isPermanent = false): Promise<void> {
    return this.#changeIfHeld(lease, (job, now) => failJob(job, { now, error, isPermanent }));
  }

  /** Returns the job to the queue when the worker stops. */
  release(lease: Lease): Promise<void> {
    return this.#changeIfHeld(lease, releaseJob);
  }

  /** Returns false if the job does not exist, or is completed or cancelled. */
  cancel(id: string): Promise<boolean> {
    return this.#changeById(id, cancelJob);
  }

  /** Returns false if the job does not exist, or is neither dead nor failed. */
  retry(id: string): Promise<boolean> {
    return this.#changeById(id, retryJob);
  }

  async trim(): Promise<void> {
    const cutoff = isoTime((await this.#currentTime(this.#database)) - endedJobDays * 86_400_000);
    await this.#database.run(
      `DELETE FROM queued_jobs WHERE state IN ('completed', 'cancelled') AND finished_at < $1`,
      [cutoff],
    );
  }

  async #currentTime(sql: Sql): Promise<number> {
    if (this.#now) return this.#now();
    const row = await sql.get<{ now: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::int8 AS now',
    );
    return row?.now ?? Date.now();
  }

  #find(sql: Sql, id: string, lockClause: '' | 'FOR UPDATE' = ''): Promise<StoredJob | undefined> {
    return sql.get<StoredJob>(`SELECT ${jobColumns} FROM queued_jobs WHERE id = $1 ${lockClause}`, [id]);
  }

  async #renew(sql: Sql, { id, token }: Lease, leaseEnd: number): Promise<boolean> {
    const renewedCount = await sql.run(
      `UPDATE queued_jobs SET lease_until = $3 WHERE id = $1 AND state = 'running' AND token = $2`,
      [id, token, isoTime(leaseEnd)],
    );
    return renewedCount > 0;
  }

  #changeIfHeld(lease: Lease, changeOf: (job: JobFields, now: number) => JobChange): Promise<void> {
    return this.#database.transaction(async (sql) => {
      const job = await this.#find(sql, lease.id, 'FOR UPDATE');
      if (job && holdsLease(job, lease.token))
        await this.#change(sql, job.id, changeOf(job, await this.#currentTime(sql)));
    });
  }

  #changeById(id: string, changeOf: (job: JobFields, now: number) => JobChange | null): Promise<boolean> {
    return this.#database.transaction(async (sql) => {
      const job = await this.#find(sql, id, 'FOR UPDATE');
      const change = job && changeOf(job, await this.#currentTime(sql));
      if (change) await this.#change(sql, id, change);
      return Boolean(change);
    });
  }

  async #change(sql: Sql, id: string, change: JobChange & { checkpoint?: Json }): Promise<void> {
    const assignments = Object.keys(change).map((name, index) => `"${name}" = $${index + 2}`);
    const values = Object.entries(change).map(([name, value]) =>
      jsonColumns.has(name) && value !== null ? JSON.stringify(value) : value,
    );
    await sql.run(`UPDATE queued_jobs SET ${assignments.join(', ')} WHERE id = $1`, [id, ...values]);
  }
}
