import { clause } from '#shared/texts/sentence.ts';
import { localMigrations } from '#migrations/local/index.ts';
import type { Migration } from '#migrations/local/index.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import { tablesIn } from './tables.ts';

export const schemaVersion = newestOf(localMigrations);

function newestOf(migrations: readonly Migration[]): number {
  return migrations.reduce((newest, migration) => Math.max(newest, migration.version), 0);
}

export function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}

/** Throws WORKSPACE (`newer`) if the schema is newer than this program's. */
export function refuseNewerSchema(version: number, newest = schemaVersion): void {
  if (version <= newest) return;
  throw workspaceFault('newer', { why: clause('schemas', { version, newest }) });
}

/** Migrates the schema up or down, one transaction per step. The caller holds the exclusive lock and has made a copy. */
export async function migrateTo(
  connection: Connection,
  targetVersion: number,
  {
    migrations = localMigrations,
    onTablesCreated = () => {},
  }: {
    migrations?: readonly Migration[];
    /** Fills newly created tables, within the step's transaction. */
    onTablesCreated?: (connection: Connection, created: readonly string[]) => void;
  } = {},
): Promise<void> {
  refuseNewerSchema(versionOf(connection), newestOf(migrations));
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (let version = versionOf(connection); version !== targetVersion;) {
    const isForward = version < targetVersion;
    const migration = byVersion.get(isForward ? version + 1 : version);
    if (!migration) throw new Error(`no migration ${isForward ? version + 1 : version}`);
    const nextVersion = isForward ? version + 1 : version - 1;
    const tablesBefore = tablesIn(connection);
    await connection.build.transaction().execute(async (transaction) => {
      await (isForward ? migration.up(transaction as never) : migration.down(transaction as never));
      const createdTables = [...tablesIn(connection)].filter((table) => !tablesBefore.has(table));
      if (isForward && createdTables.length > 0) onTablesCreated(connection, createdTables);
      connection.pragma(`user_version = ${nextVersion}`);
    });
    version = nextVersion;
  }
}
