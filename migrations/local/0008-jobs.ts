import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Work that waits, runs or is over. None of it is audited. `replica` is that of the file: a copy draws another one, so it does not run the jobs of
 * what it was copied from.
 */
const columns = `id TEXT NOT NULL PRIMARY KEY, replica TEXT NOT NULL, kind TEXT NOT NULL, input TEXT NOT NULL, priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'failed', 'completed', 'cancelled', 'dead')),
  attempts INTEGER NOT NULL, max_attempts INTEGER NOT NULL, run_after TEXT NOT NULL, lease_until TEXT, token INTEGER NOT NULL, worker TEXT,
  progress TEXT, checkpoint TEXT, result TEXT, error TEXT, created_by TEXT NOT NULL, created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT,
  schedule TEXT, CHECK (attempts <= max_attempts)`;

const open = `state IN ('pending', 'running', 'failed')`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE jobs (${columns}) STRICT`,
    `CREATE INDEX jobs_open ON jobs (replica, priority DESC, id) WHERE ${open}`,
    `CREATE UNIQUE INDEX jobs_schedule ON jobs (replica, schedule) WHERE schedule IS NOT NULL AND ${open}`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE jobs').execute(db);
}
