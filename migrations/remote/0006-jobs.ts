import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const columns = `id text PRIMARY KEY, number bigint GENERATED ALWAYS AS IDENTITY UNIQUE, kind text NOT NULL, input jsonb NOT NULL,
  priority integer NOT NULL, state text NOT NULL CHECK (state IN ('pending', 'running', 'failed', 'completed', 'cancelled', 'dead')),
  attempts integer NOT NULL, max_attempts integer NOT NULL CHECK (attempts <= max_attempts), run_after timestamptz NOT NULL,
  lease_until timestamptz, token integer NOT NULL, worker text, progress jsonb, checkpoint jsonb, result jsonb, error jsonb,
  created_by text NOT NULL, created_at timestamptz NOT NULL, started_at timestamptz, finished_at timestamptz, schedule text`;

const open = `state IN ('pending', 'running', 'failed')`;

/** The job queue of the server. Backups and restores keep their own table \`jobs\`: see src/server/backups/jobs.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE queued_jobs (${columns})`,
    `CREATE INDEX queued_jobs_open ON queued_jobs (priority DESC, number) WHERE ${open}`,
    `CREATE UNIQUE INDEX queued_jobs_schedule ON queued_jobs (schedule) WHERE schedule IS NOT NULL AND ${open}`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE queued_jobs').execute(db);
}
