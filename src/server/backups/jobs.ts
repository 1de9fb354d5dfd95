import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import type { Database } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { backupStateSql } from '../jobs/queue.ts';
import { abandonedReason, problemText } from './problem.ts';

const jobColumns = `id, kind, ${backupStateSql} AS state, started_at, ended_at, progress, problem, backup`;
/** Advisory lock of the running job, across all servers of a database. Postgres releases it with the connection. */
const lockId = 7266373;
/** Milliseconds between attempts to lock, and between progress updates. */
const pollIntervalMs = 300;
/** Milliseconds between heartbeats of a waiting job, and of silence after which it counts as abandoned. */
const [heartbeatIntervalMs, maxSilenceMs] = [5000, 20_000];
const retentionDays = 365;

export interface JobLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface JobRun {
  signal: AbortSignal;
  /** From 0 to 1. */
  onProgress: (progress: number) => void;
}

/** Runs backups and restores one at a time across all servers. A job that its server abandons has failed. */
export class Jobs {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #log: JobLog;
  readonly #stopController = new AbortController();
  readonly #runningJobs = new Map<string, Promise<void>>();

  constructor({ database, now }: { database: Database; now: () => number }, log: JobLog) {
    this.#database = database;
    this.#now = now;
    this.#log = log;
  }

  /** Adds a job whose work returns a backup’s id. A slot admits one job: null if it is taken. With `canJoin`, returns a waiting job instead. */
  async begin(
    {
      kind,
      slot = null,
      canJoin = false,
    }: { kind: ServerJob['kind']; slot?: string | null; canJoin?: boolean },
    work: (run: JobRun) => Promise<string>,
  ): Promise<ServerJob | null> {
    await this.sweep();
    const waitingJob = canJoin
      ? await this.#database.get<ServerJob>(
          `SELECT ${jobColumns} FROM jobs WHERE kind = $1 AND state = 'waiting' AND created_at > $2::timestamptz - interval '1 minute'
           ORDER BY number DESC LIMIT 1`,
          [kind, isoTime(this.#now())],
        )
      : undefined;
    if (waitingJob) return waitingJob;
    const job = await this.#database.get<ServerJob>(
      `INSERT INTO jobs (id, kind, state, slot, created_at, alive_at) VALUES ($1, $2, 'waiting', $3, $4, now())
       ON CONFLICT (slot) DO NOTHING RETURNING ${jobColumns}`,
      [randomUUID(), kind, slot, isoTime(this.#now())],
    );
    if (!job) return null;
    const completion = this.#run(job, work).finally(() => this.#runningJobs.delete(job.id));
    this.#runningJobs.set(job.id, completion);
    return job;
  }

  /** Waits for the lock and runs the work without a job row, because the table of jobs can have the schema of another version. */
  async runWithoutJob<T>(work: (run: JobRun) => Promise<T>): Promise<T> {
    let result: { value: T } | undefined;
    const run = { signal: this.#stopController.signal, onProgress: () => {} };
    await this.#withLock({ id: null, work: async () => void (result = { value: await work(run) }) });
    if (!result) throw new Error('the work was not done');
    return result.value;
  }

  async isRestoringElsewhere(): Promise<boolean> {
    const row = await this.#database.get(
      `SELECT 1 FROM jobs WHERE kind = 'restore' AND state = 'running' AND id <> ALL ($1::text[])`,
      [[...this.#runningJobs.keys()]],
    );
    return row !== undefined;
  }

  async waitFor({ id }: ServerJob): Promise<ServerJob> {
    await this.#runningJobs.get(id);
    const job = await this.#database.get<ServerJob>(`SELECT ${jobColumns} FROM jobs WHERE id = $1`, [id]);
    if (!job) throw new Error(`there is no job ${id}`);
    return job;
  }

  /** Returns the newest unfinished job, else the newest job. */
  async last(): Promise<ServerJob | null> {
    const job = await this.#database.get<ServerJob>(
      `SELECT ${jobColumns} FROM jobs ORDER BY state IN ('waiting', 'running') DESC, number DESC LIMIT 1`,
    );
    return job ?? null;
  }

  /** Fails abandoned jobs: running ones if nobody holds the lock, waiting ones without a heartbeat. */
  async sweep(): Promise<void> {
    await this.#database.run(
      `UPDATE jobs SET state = 'failed', problem = $1, slot = NULL, ended_at = $2 WHERE state = 'waiting'
         AND coalesce(alive_at, '-infinity') < now() - make_interval(secs => $3)`,
      [abandonedReason, isoTime(this.#now()), maxSilenceMs / 1000],
    );
    await this.#withLock(null);
  }

  /** Aborts running jobs; they fail. */
  async stop(): Promise<void> {
    this.#stopController.abort();
    await Promise.all(this.#runningJobs.values());
  }

  async #run(job: ServerJob, work: (run: JobRun) => Promise<string>): Promise<void> {
    try {
      await this.#withLock({ id: job.id, work: () => this.#runWork(job, work) });
    } catch (error) {
      if (this.#stopController.signal.aborted)
        this.#log.info({ job: job.id }, `${job.kind} ended with the server`);
      else this.#log.error({ err: error, job: job.id }, `${job.kind} failed`);
      await this.#fail(job, problemText(error)).catch((failError: unknown) => {
        this.#log.error({ err: failError, job: job.id }, 'the failure of a job could not be recorded');
      });
    }
  }

  async #runWork(job: ServerJob, work: (run: JobRun) => Promise<string>): Promise<void> {
    const database = this.#database;
    // After this computer slept, another server can have failed the waiting job. The job must not run then.
    const startedRows = await database.run(
      `UPDATE jobs SET state = 'running', problem = NULL, started_at = $2 WHERE id = $1 AND state = 'waiting'`,
      [job.id, isoTime(this.#now())],
    );
    if (startedRows === 0) return;
    let lastSavedMs = performance.now();
    let pendingSave: Promise<unknown> = Promise.resolve();
    const onProgress = (progress: number): void => {
      if (performance.now() - lastSavedMs < pollIntervalMs) return;
      lastSavedMs = performance.now();
      pendingSave = pendingSave.then(() =>
        database.run('UPDATE jobs SET progress = $2 WHERE id = $1', [job.id, progress]).catch(() => 0),
      );
    };
    const backup = await work({ signal: this.#stopController.signal, onProgress });
    await pendingSave;
    await database.run(
      `UPDATE jobs SET state = 'done', progress = 1, backup = $2, ended_at = $3, slot = CASE kind WHEN 'restore' THEN NULL ELSE slot END
       WHERE id = $1`,
      [job.id, backup, isoTime(this.#now())],
    );
    await database.run(`DELETE FROM jobs WHERE created_at < $1::timestamptz - make_interval(days => $2)`, [
      isoTime(this.#now()),
      retentionDays,
    ]);
    this.#log.info({ job: job.id, backup }, `${job.kind} done`);
  }

  /** Frees the slot for a retry. */
  async #fail({ id }: ServerJob, problem: string): Promise<void> {
    await this.#database.run(
      `UPDATE jobs SET state = 'failed', problem = $2, slot = NULL, ended_at = $3 WHERE id = $1`,
      [id, problem, isoTime(this.#now())],
    );
  }

  /** Waits for the lock and runs a job. Without a job, only fails abandoned jobs if none is running. */
  async #withLock(job: { id: string | null; work: () => Promise<void> } | null): Promise<void> {
    const client = await this.#database.pool.connect();
    let connectionError: Error | undefined;
    let lastHeartbeat = performance.now();
    try {
      for (;;) {
        const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
          lockId,
        ]);
        if (rows[0]?.got) break;
        if (!job) return;
        if (job.id !== null && performance.now() - lastHeartbeat >= heartbeatIntervalMs) {
          lastHeartbeat = performance.now();
          await client.query('UPDATE jobs SET alive_at = now() WHERE id = $1', [job.id]);
        }
        await setTimeout(pollIntervalMs, undefined, { signal: this.#stopController.signal });
      }
      try {
        await client.query(
          `UPDATE jobs SET state = 'failed', problem = $1, slot = NULL, ended_at = $2 WHERE id <> $3 AND state = 'running'`,
          [abandonedReason, isoTime(this.#now()), job?.id ?? ''],
        );
        await job?.work();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [lockId]).catch((error: unknown) => {
          // Losing the connection releases the lock.
          connectionError = error instanceof Error ? error : new Error(String(error));
        });
      }
    } finally {
      client.release(connectionError);
    }
  }
}
