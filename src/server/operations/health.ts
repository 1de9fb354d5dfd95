import type { Health, ServerStatus } from '#shared/contract/server/status.ts';
import { lastBackupTime } from '../backups/backups.ts';
import type { ServerConfig } from '../config.ts';
import type { Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { isServable, newestVersion, readSchemaState } from '../db/migrate.ts';
import { readFilesReport } from '../files/store.ts';
import { isoTime } from '../db/time.ts';
import { signedIn } from '../procedures.ts';

/** Reads the state of the database. Never throws. */
export async function readHealth({
  database,
  now,
  config,
}: Pick<Services, 'database' | 'now'> & { config: Pick<ServerConfig, 'backups'> }): Promise<Health> {
  const start = now();
  try {
    const schema = await readSchemaState(database);
    const { version } = schema;
    const status = isServable(schema) ? 'ok' : 'unavailable';
    return {
      status,
      database: { ok: true, latency_ms: now() - start },
      migrations: { version, newest: newestVersion },
      last_backup: version === 0 ? null : await lastBackupTime(database, config.backups),
    };
  } catch {
    return {
      status: 'unavailable',
      database: { ok: false, latency_ms: null },
      migrations: { version: null, newest: newestVersion },
      last_backup: null,
    };
  }
}

const sizesQuery = `SELECT pg_database_size(current_database()) AS size_bytes,
  (SELECT count FROM record_digest) AS records, (SELECT count(*) FROM audit_transactions) AS operations`;
/** Failed backups and restores count for a week; dead jobs count until they are retried or cancelled. */
const jobStatesQuery = `SELECT count(*) FILTER (WHERE state IN ('waiting', 'pending')) AS queued, count(*) FILTER (WHERE state = 'running') AS running,
  count(*) FILTER (WHERE state = 'failed' AND ended_at > $1::timestamptz - interval '7 days') AS failed, count(*) FILTER (WHERE state = 'dead') AS dead
  FROM (SELECT state, ended_at FROM jobs UNION ALL
    SELECT CASE state WHEN 'failed' THEN 'pending' ELSE state END, finished_at FROM queued_jobs) all_jobs`;

type JobStates = Record<'queued' | 'running' | 'failed' | 'dead', number>;

/** Counts jobs, backups and restores by state. `now` in ISO 8601. */
export async function readJobStates(sql: Sql, now: string): Promise<JobStates> {
  const counts = await sql.get<JobStates>(jobStatesQuery, [now]);
  return counts ?? { queued: 0, running: 0, failed: 0, dead: 0 };
}

export const statusHandlers = {
  get: signedIn.status.get.handler(async ({ context }): Promise<ServerStatus> => {
    const { database, version } = context.services;
    const figures = await database.get<{ size_bytes: number; records: number; operations: number }>(
      sizesQuery,
    );
    const { queued, running, failed, dead } = await readJobStates(database, isoTime(context.services.now()));
    const { count, bytes, problems } = await readFilesReport(database);
    return {
      version,
      uptime_seconds: Math.floor(process.uptime()),
      health: await readHealth(context.services),
      jobs: { queued, running, failed: failed + dead },
      database: {
        size_bytes: figures?.size_bytes ?? 0,
        records: figures?.records ?? 0,
        operations: figures?.operations ?? 0,
        pool: database.connections(),
      },
      files: { count, bytes, lacking: problems.length },
    };
  }),
};
