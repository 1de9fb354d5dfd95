import type { Health, ServerStatus } from '#shared/contract/server/status.ts';
import { lastBackupTime } from '../backups/backups.ts';
import type { Services } from '../context.ts';
import { isServable, newestVersion, readSchemaState } from '../db/migrate.ts';
import { isoTime } from '../db/time.ts';
import { signedIn } from '../procedures.ts';

/** Reads the state of the database. Never throws. */
export async function readHealth({ database, now }: Pick<Services, 'database' | 'now'>): Promise<Health> {
  const start = now();
  try {
    const schema = await readSchemaState(database);
    const { version } = schema;
    const status = isServable(schema) ? 'ok' : 'unavailable';
    return {
      status,
      database: { ok: true, latency_ms: now() - start },
      migrations: { version, newest: newestVersion },
      last_backup: version === 0 ? null : await lastBackupTime(database),
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
const jobCountsQuery = `SELECT count(*) FILTER (WHERE state IN ('waiting', 'pending')) AS queued, count(*) FILTER (WHERE state = 'running') AS running,
  count(*) FILTER (WHERE state = 'dead' OR (state = 'failed' AND ended_at > $1::timestamptz - interval '7 days')) AS failed
  FROM (SELECT state, ended_at FROM jobs UNION ALL
    SELECT CASE state WHEN 'failed' THEN 'pending' ELSE state END, finished_at FROM queued_jobs) all_jobs`;

export const statusHandlers = {
  get: signedIn.status.get.handler(async ({ context }): Promise<ServerStatus> => {
    const { database, version } = context.services;
    const figures = await database.get<{ size_bytes: number; records: number; operations: number }>(
      sizesQuery,
    );
    const counts = await database.get<ServerStatus['jobs']>(jobCountsQuery, [
      isoTime(context.services.now()),
    ]);
    return {
      version,
      uptime_seconds: Math.floor(process.uptime()),
      health: await readHealth(context.services),
      jobs: counts ?? { queued: 0, running: 0, failed: 0 },
      database: {
        size_bytes: figures?.size_bytes ?? 0,
        records: figures?.records ?? 0,
        operations: figures?.operations ?? 0,
        pool: database.connections(),
      },
    };
  }),
};
