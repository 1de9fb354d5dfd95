import { Kysely, PostgresDialect } from 'kysely';
import { randomUUID } from 'node:crypto';
import { remoteMigrations } from '#migrations/remote/index.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import type { Database } from './database.ts';

const versions = `CREATE TABLE IF NOT EXISTS schema_versions (
  version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;

/** The newest step that the program knows. */
export const newestVersion = Math.max(...remoteMigrations.map(({ version }) => version));

/** The newest step that the database has; 0 for an empty one. */
export async function schemaVersion(database: Database): Promise<number> {
  const there = await database.get<{ there: string | null }>(
    `SELECT to_regclass('schema_versions') AS there`,
  );
  if (!there?.there) return 0;
  const row = await database.get<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM schema_versions',
  );
  return row?.version ?? 0;
}

type Step = (typeof remoteMigrations)[number];

/** The steps that bring the database forward to a step, or back, in order. */
export async function stepsTo(database: Database, to: number): Promise<Step[]> {
  const isThere = (await schemaVersion(database)) > 0;
  const rows = isThere ? await database.all<{ version: number }>('SELECT version FROM schema_versions') : [];
  return missingSteps(new Set(rows.map(({ version }) => version)), to);
}

function missingSteps(applied: ReadonlySet<number>, to: number): Step[] {
  const forward = remoteMigrations.filter(({ version }) => version <= to && !applied.has(version));
  const back = remoteMigrations.filter(({ version }) => version > to && applied.has(version)).toReversed();
  return [...forward, ...back];
}

/**
 * Brings the database forward to a step, or back, each step in a transaction of its own; one migration at a time, whoever else asks for it.
 * Returns the names of the steps done. An empty database becomes a server of its own.
 */
export async function migrate(database: Database, to: number = newestVersion): Promise<string[]> {
  const client = await database.pool.connect();
  const done: string[] = [];
  try {
    await client.query('SELECT pg_advisory_lock(7266371)');
    await client.query(versions);
    const { rows } = await client.query('SELECT version FROM schema_versions');
    const applied = new Set(rows.map(({ version }: { version: number }) => version));
    // All steps go over this one connection, so that each is a transaction of Postgres.
    const pool = {
      connect: () => Promise.resolve({ ...bound(client), release: () => {} }),
      end: async () => {},
    };
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as never }) });
    for (const step of missingSteps(applied, to)) {
      const isForward = !applied.has(step.version);
      await client.query('BEGIN');
      try {
        await (isForward ? step.up(db) : step.down(db));
        await client.query(
          isForward
            ? 'INSERT INTO schema_versions (version, name) VALUES ($1, $2)'
            : "DELETE FROM schema_versions WHERE version = $1 AND $2 <> ''",
          [step.version, step.name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      done.push(step.name);
    }
    if (to > 0)
      await client.query(
        `INSERT INTO server (server_id, generation, head_hash, created_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING`,
        [randomUUID(), randomUUID(), serverGenesis],
      );
  } finally {
    await client.query('SELECT pg_advisory_unlock(7266371)').catch(() => undefined);
    client.release();
  }
  // Made here, so that only migrating needs an owner who may create roles.
  if (to === newestVersion) await database.hasRequestLogin();
  return done;
}

const bound = (client: { query: (...args: never[]) => unknown }) => ({
  query: client.query.bind(client) as never,
});
