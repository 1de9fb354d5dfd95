import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import type { Database } from '../db/database.ts';
import { iso } from '../db/time.ts';
import { abandoned, problemOf } from './problem.ts';

const columns = 'id, kind, state, started_at, ended_at, progress, problem, backup';
/** Held by whoever runs a job, over all servers of a database: it goes with the connection. */
const lock = 7266373;
/** Milliseconds between two tries to get it, and between two notes of how far a job is. */
const pause = 300;
/** Milliseconds between two signs of life of a job that waits, and after which one without a sign is taken for abandoned. */
const [aliveEvery, longestSilence] = [5000, 20_000];
/** Days that what is known of a job is kept. */
const keptDays = 365;

export interface JobLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What a job has to work with. */
export interface Running {
  signal: AbortSignal;
  /** From 0 to 1. */
  onProgress: (progress: number) => void;
}

/** Long work at the database: one at a time, whatever servers there are. What a server leaves undone when it ends has failed. */
export class Jobs {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #log: JobLog;
  readonly #ending = new AbortController();
  readonly #running = new Map<string, Promise<void>>();

  constructor({ database, now }: { database: Database; now: () => number }, log: JobLog) {
    this.#database = database;
    this.#now = now;
    this.#log = log;
  }

  /**
   * Begins a job, whose work answers the id of its backup. Null where another server has taken the slot; the one that is there where `joins` and one of
   * that kind waits.
   */
  async begin(
    { kind, slot = null, joins = false }: { kind: ServerJob['kind']; slot?: string | null; joins?: boolean },
    work: (running: Running) => Promise<string>,
  ): Promise<ServerJob | null> {
    await this.sweep();
    const open = joins
      ? await this.#database.get<ServerJob>(
          `SELECT ${columns} FROM jobs WHERE kind = $1 AND state = 'waiting' AND created_at > $2::timestamptz - interval '1 minute'
           ORDER BY number DESC LIMIT 1`,
          [kind, iso(this.#now())],
        )
      : undefined;
    if (open) return open;
    const job = await this.#database.get<ServerJob>(
      `INSERT INTO jobs (id, kind, state, slot, created_at, alive_at) VALUES ($1, $2, 'waiting', $3, $4, now())
       ON CONFLICT (slot) DO NOTHING RETURNING ${columns}`,
      [randomUUID(), kind, slot, iso(this.#now())],
    );
    if (!job) return null;
    const done = this.#run(job, work).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, done);
    return job;
  }

  /** Waits for the lock and runs the work without a job row, because the table of jobs may have the schema of another version. */
  async runWithoutJob<T>(work: (running: Running) => Promise<T>): Promise<T> {
    let done: { value: T } | undefined;
    const running = { signal: this.#ending.signal, onProgress: () => {} };
    await this.#withLock({ id: null, work: async () => void (done = { value: await work(running) }) });
    if (!done) throw new Error('the work was not done');
    return done.value;
  }

  /** Whether another server restores a backup just now. */
  async restoresElsewhere(): Promise<boolean> {
    const found = await this.#database.get(
      `SELECT 1 FROM jobs WHERE kind = 'restore' AND state = 'running' AND id <> ALL ($1::text[])`,
      [[...this.#running.keys()]],
    );
    return found !== undefined;
  }

  /** Waits for a job of this process, and says what came of it. */
  async ended({ id }: ServerJob): Promise<ServerJob> {
    await this.#running.get(id);
    const job = await this.#database.get<ServerJob>(`SELECT ${columns} FROM jobs WHERE id = $1`, [id]);
    if (!job) throw new Error(`there is no job ${id}`);
    return job;
  }

  /** The one that runs or ran last. */
  async last(): Promise<ServerJob | null> {
    const job = await this.#database.get<ServerJob>(
      `SELECT ${columns} FROM jobs ORDER BY state IN ('waiting', 'running') DESC, number DESC LIMIT 1`,
    );
    return job ?? null;
  }

  /** What others left undone has failed: a job that runs, where nobody holds the lock, and one that waits, where its server gives no sign of life. */
  async sweep(): Promise<void> {
    await this.#database.run(
      `UPDATE jobs SET state = 'failed', problem = $1, slot = NULL, ended_at = $2 WHERE state = 'waiting'
         AND coalesce(alive_at, '-infinity') < now() - make_interval(secs => $3)`,
      [abandoned, iso(this.#now()), longestSilence / 1000],
    );
    await this.#withLock(null);
  }

  /** Ends what runs; it has failed then. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#running.values());
  }

  async #run(job: ServerJob, work: (running: Running) => Promise<string>): Promise<void> {
    try {
      await this.#withLock({ id: job.id, work: () => this.#work(job, work) });
    } catch (error) {
      if (this.#ending.signal.aborted) this.#log.info({ job: job.id }, `${job.kind} ended with the server`);
      else this.#log.error({ err: error, job: job.id }, `${job.kind} failed`);
      await this.#fail(job, problemOf(error)).catch((broken: unknown) => {
        this.#log.error({ err: broken, job: job.id }, 'that it failed could not be noted');
      });
    }
  }

  async #work(job: ServerJob, work: (running: Running) => Promise<string>): Promise<void> {
    const database = this.#database;
    // After this computer slept, another server may have reported the waiting job as failed: then it must not run.
    const begun = await database.run(
      `UPDATE jobs SET state = 'running', problem = NULL, started_at = $2 WHERE id = $1 AND state = 'waiting'`,
      [job.id, iso(this.#now())],
    );
    if (begun === 0) return;
    let noted = performance.now();
    let noting: Promise<unknown> = Promise.resolve();
    const onProgress = (progress: number): void => {
      if (performance.now() - noted < pause) return;
      noted = performance.now();
      noting = noting.then(() =>
        database.run('UPDATE jobs SET progress = $2 WHERE id = $1', [job.id, progress]).catch(() => 0),
      );
    };
    const backup = await work({ signal: this.#ending.signal, onProgress });
    await noting;
    await database.run(
      `UPDATE jobs SET state = 'done', progress = 1, backup = $2, ended_at = $3, slot = CASE kind WHEN 'restore' THEN NULL ELSE slot END
       WHERE id = $1`,
      [job.id, backup, iso(this.#now())],
    );
    await database.run(`DELETE FROM jobs WHERE created_at < $1::timestamptz - make_interval(days => $2)`, [
      iso(this.#now()),
      keptDays,
    ]);
    this.#log.info({ job: job.id, backup }, `${job.kind} done`);
  }

  /** The slot is free for another try. */
  async #fail({ id }: ServerJob, problem: string): Promise<void> {
    await this.#database.run(
      `UPDATE jobs SET state = 'failed', problem = $2, slot = NULL, ended_at = $3 WHERE id = $1`,
      [id, problem, iso(this.#now())],
    );
  }

  /** Waits until it is a job's turn, and does it; without one, only marks what was abandoned, where nothing runs. */
  async #withLock(job: { id: string | null; work: () => Promise<void> } | null): Promise<void> {
    const client = await this.#database.pool.connect();
    let broken: Error | undefined;
    let told = performance.now();
    try {
      for (;;) {
        const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
          lock,
        ]);
        if (rows[0]?.got) break;
        if (!job) return;
        if (job.id !== null && performance.now() - told >= aliveEvery) {
          told = performance.now();
          await client.query('UPDATE jobs SET alive_at = now() WHERE id = $1', [job.id]);
        }
        await setTimeout(pause, undefined, { signal: this.#ending.signal });
      }
      try {
        await client.query(
          `UPDATE jobs SET state = 'failed', problem = $1, slot = NULL, ended_at = $2 WHERE id <> $3 AND state = 'running'`,
          [abandoned, iso(this.#now()), job?.id ?? ''],
        );
        await job?.work();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch((error: unknown) => {
          // The lock goes with the connection.
          broken = error instanceof Error ? error : new Error(String(error));
        });
      }
    } finally {
      client.release(broken);
    }
  }
}
