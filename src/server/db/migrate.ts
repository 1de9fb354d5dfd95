import { Kysely, PostgresDialect } from 'kysely';
import { randomUUID } from 'node:crypto';
import { remoteMigrations } from '#migrations/remote/index.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import type { Database } from './database.ts';

const createVersions = `CREATE TABLE IF NOT EXISTS schema_versions (
  version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), compatible_since integer)`;
/** Databases migrated by 0.1.0 or earlier lack this column. */
const addCompatibleSince = 'ALTER TABLE schema_versions ADD COLUMN IF NOT EXISTS compatible_since integer';

export const newestVersion = Math.max(...remoteMigrations.map(({ version }) => version));

export const newerSchema = 'The database has a newer schema than this FRAMES knows. Update FRAMES.';

export interface SchemaState {
  /** The newest applied migration; 0 for an empty database. */
  version: number;
  /** Programs that know at least this migration can serve the database. */
  compatibleSince: number;
}

/** Whether this program can serve the database: no migration is missing, and unknown ones are compatible. */
export const isServable = ({ version, compatibleSince }: SchemaState): boolean =>
  compatibleSince <= newestVersion && newestVersion <= version;

export async function readSchemaState(database: Database): Promise<SchemaState> {
  const table = await database.get<{ there: string | null }>(
    `SELECT to_regclass('schema_versions') AS there`,
  );
  const emptyState = { version: 0, compatibleSince: 0 };
  if (!table?.there) return emptyState;
  // Reads through JSON, because the column can be missing.
  const row = await database.get<SchemaState>(
    `SELECT coalesce(max(version), 0) AS version, coalesce(max(coalesce((to_jsonb(v) ->> 'compatible_since')::integer, version)), 0) AS "compatibleSince"
     FROM schema_versions v`,
  );
  return row ?? emptyState;
}

/** The newest applied migration; 0 for an empty database. */
export const readSchemaVersion = async (database: Database): Promise<number> =>
  (await readSchemaState(database)).version;

type Step = (typeof remoteMigrations)[number];

/** Returns the migrations needed to reach a version, forward or back, in order. */
export async function stepsTo(database: Database, to: number): Promise<Step[]> {
  const hasSchema = (await readSchemaVersion(database)) > 0;
  const rows = hasSchema
    ? await database.all<{ version: number }>('SELECT version FROM schema_versions')
    : [];
  return missingSteps(new Set(rows.map(({ version }) => version)), to);
}

function missingSteps(applied: ReadonlySet<number>, to: number): Step[] {
  const forward = remoteMigrations.filter(({ version }) => version <= to && !applied.has(version));
  const backward = remoteMigrations
    .filter(({ version }) => version > to && applied.has(version))
    .toReversed();
  return [...forward, ...backward];
}

/** Migrates to a version, one transaction per step, one caller at a time. Returns the names of the steps. */
export async function migrate(database: Database, to: number = newestVersion): Promise<string[]> {
  const client = await database.pool.connect();
  const stepNames: string[] = [];
  try {
    await client.query('SELECT pg_advisory_lock(7266371)');
    await client.query(createVersions);
    await client.query(addCompatibleSince);
    const { rows } = await client.query('SELECT version FROM schema_versions');
    const applied = new Set(rows.map(({ version }: { version: number }) => version));
    // All steps use this connection, so that each is one transaction.
    const pool = {
      connect: () => Promise.resolve({ ...bindClient(client), release: () => {} }),
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
            ? 'INSERT INTO schema_versions (version, name, compatible_since) VALUES ($1, $2, $3)'
            : 'DELETE FROM schema_versions WHERE version = $1',
          isForward ? [step.version, step.name, step.compatibleSince ?? null] : [step.version],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      stepNames.push(step.name);
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
  // Creates the login here, so that only a migration needs an owner who may create roles.
  if (to === newestVersion) await database.hasRequestLogin();
  return stepNames;
}

const bindClient = (client: { query: (...args: never[]) => unknown }) => ({
  query: client.query.bind(client) as never,
});
