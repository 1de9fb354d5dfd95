import type { Job, JobDetails, JobOverview } from '#shared/contract/jobs.ts';
import { jobStates } from '#shared/domain/jobs.ts';
import type { JobChange, JobError, JobFields, JobState } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Parameter, ReadHandle, WriteHandle } from '../kernel/db/connection.ts';

export interface StoredJob extends JobFields {
  id: string;
  kind: string;
  priority: number;
  created_by: string;
  created_at: string;
  schedule: string | null;
  progress: Job['progress'];
}

/** A job with the parts of its input that describe it; `path` is the path of a file. */
export interface FoundJob extends StoredJob {
  path: string | null;
  question: string | null;
  university: string | null;
  repository: string | null;
}

type Row = Omit<FoundJob, 'error' | 'result' | 'progress'> & {
  error: string | null;
  result: string | null;
  progress: string | null;
};

/** Without the result, because it can be large. */
const jobColumns = `id, kind, priority, state, attempts, max_attempts, run_after, lease_until, token, worker, progress, error, NULL AS result,
  created_by, created_at, started_at, finished_at, schedule, json_extract(input, '$.path') AS path, json_extract(input, '$.question') AS question,
  json_extract(input, '$.university') AS university,
  coalesce(json_extract(input, '$.name'), json_extract(input, '$.repository')) AS repository`;
const openCondition = `state IN ('pending', 'running', 'failed')`;
const waitingCondition = `state IN ('pending', 'failed')`;

const parseJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));
const toJsonList = (values: readonly string[]): string => JSON.stringify(values);

const fromRow = (row: Row): FoundJob => ({
  ...row,
  error: parseJson<JobError>(row.error),
  result: null,
  progress: parseJson<NonNullable<Job['progress']>>(row.progress),
});

/** Reads and writes jobs of one replica. Every write runs inside the caller's transaction. */
export class JobStore {
  readonly replica: string;

  constructor(replica: string) {
    this.replica = replica;
  }

  find(db: ReadHandle, id: string): FoundJob | undefined {
    const row = db.get<Row>(`SELECT ${jobColumns} FROM jobs WHERE replica = ? AND id = ?`, [
      this.replica,
      id,
    ]);
    return row && fromRow(row);
  }

  details(db: ReadHandle, id: string): Pick<JobDetails, 'input' | 'checkpoint' | 'result'> {
    const row = db.get<Record<'input' | 'checkpoint' | 'result', string | null>>(
      'SELECT input, checkpoint, result FROM jobs WHERE replica = ? AND id = ?',
      [this.replica, id],
    );
    const [input, checkpoint, result] = [row?.input, row?.checkpoint, row?.result].map((text) =>
      parseJson<JobDetails['input']>(text ?? null),
    ) as [JobDetails['input'], JobDetails['input'], JobDetails['input']];
    return { input, checkpoint, result };
  }

  page(
    db: ReadHandle,
    {
      states,
      kinds,
      limit,
      offset,
    }: {
      states?: readonly JobState[] | undefined;
      kinds?: readonly string[] | undefined;
      limit: number;
      offset: number;
    },
  ): { jobs: FoundJob[]; total: number } {
    const where = `replica = :replica AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
      AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))`;
    const filter = {
      replica: this.replica,
      states: states ? toJsonList(states) : null,
      kinds: kinds ? toJsonList(kinds) : null,
    };
    const rows = db.all<Row>(
      `SELECT ${jobColumns} FROM jobs WHERE ${where} ORDER BY id DESC LIMIT :limit OFFSET :offset`,
      { ...filter, limit, offset },
    );
    const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM jobs WHERE ${where}`, filter)?.n ?? 0;
    return { jobs: rows.map(fromRow), total };
  }

  listRunning(db: ReadHandle): FoundJob[] {
    return db
      .all<Row>(
        `SELECT ${jobColumns} FROM jobs WHERE replica = ? AND ${openCondition} AND state = 'running' ORDER BY id`,
        [this.replica],
      )
      .map(fromRow);
  }

  countByState(db: ReadHandle): JobOverview['counts'] {
    const rows = db.all<{ state: JobState; n: number }>(
      'SELECT state, count(*) AS n FROM jobs WHERE replica = ? GROUP BY state',
      [this.replica],
    );
    const countByState = new Map(rows.map(({ state, n }) => [state, n]));
    return Object.fromEntries(
      jobStates.map((state) => [state, countByState.get(state) ?? 0]),
    ) as JobOverview['counts'];
  }

  hasOpen(db: ReadHandle, kinds: readonly string[]): boolean {
    const query = `SELECT 1 FROM jobs WHERE replica = ? AND ${openCondition} AND kind IN (SELECT value FROM json_each(?)) LIMIT 1`;
    return db.get(query, [this.replica, toJsonList(kinds)]) !== undefined;
  }

  /** Returns the next waiting job of these kinds that is due, by priority and age. */
  findNext(db: ReadHandle, now: string, kinds: readonly string[]): StoredJob | undefined {
    const row = db.get<Row>(
      `SELECT ${jobColumns} FROM jobs WHERE replica = ? AND ${waitingCondition} AND ${openCondition} AND run_after <= ?
       AND kind IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, id LIMIT 1`,
      [this.replica, now, toJsonList(kinds)],
    );
    return row && fromRow(row);
  }

  lastEnqueuedAt(db: ReadHandle, schedule: string): string | null {
    return (
      db.get<{ at: string | null }>(
        'SELECT max(created_at) AS at FROM jobs WHERE replica = ? AND schedule = ?',
        [this.replica, schedule],
      )?.at ?? null
    );
  }

  findOpen(db: ReadHandle, schedule: string): string | undefined {
    const query = `SELECT id FROM jobs WHERE replica = ? AND schedule = ? AND ${openCondition}`;
    return db.get<{ id: string }>(query, [this.replica, schedule])?.id;
  }

  insert(db: WriteHandle, job: StoredJob, input: Json): void {
    db.run(
      `INSERT INTO jobs (id, replica, kind, input, priority, state, attempts, max_attempts, run_after, token, created_by, created_at, schedule)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        job.id,
        this.replica,
        job.kind,
        JSON.stringify(input),
        job.priority,
        job.state,
        job.attempts,
        job.max_attempts,
        job.run_after,
        job.token,
        job.created_by,
        job.created_at,
        job.schedule,
      ],
    );
  }

  update(
    db: WriteHandle,
    id: string,
    change: JobChange & { progress?: Job['progress']; checkpoint?: Json },
  ): void {
    const fields = Object.entries(change);
    const values = fields.map(([name, value]) => toParameter(name, value));
    const assignments = fields.map(([name]) => `${name} = ?`).join(', ');
    db.run(`UPDATE jobs SET ${assignments} WHERE id = ?`, [...values, id]);
  }

  /** Removes jobs that ended before `before` or exceed `keep`, and jobs of other replicas, copied with the file. Keeps dead jobs. */
  trim(db: WriteHandle, { before, keep }: { before: string; keep: number }): number {
    const finishedCondition = `replica = :replica AND state IN ('completed', 'cancelled')`;
    return (
      db.run('DELETE FROM jobs WHERE replica <> ?', [this.replica]) +
      db.run(
        `DELETE FROM jobs WHERE ${finishedCondition} AND (finished_at < :before
           OR id NOT IN (SELECT id FROM jobs WHERE ${finishedCondition} ORDER BY finished_at DESC, id DESC LIMIT :keep))`,
        { replica: this.replica, before, keep },
      )
    );
  }
}

const jsonColumns: ReadonlySet<string> = new Set(['error', 'result', 'progress', 'checkpoint']);

function toParameter(name: string, value: unknown): Parameter {
  if (jsonColumns.has(name)) return value === null ? null : JSON.stringify(value);
  return value as Parameter;
}
