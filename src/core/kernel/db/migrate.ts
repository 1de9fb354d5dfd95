import { localMigrations } from '#migrations/local/index.ts';
import type { Migration } from '#migrations/local/index.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import { tablesIn } from './tables.ts';

/** The schema that this program reads and writes. */
export const schemaVersion = newestOf(localMigrations);

function newestOf(migrations: readonly Migration[]): number {
  return migrations.reduce((newest, migration) => Math.max(newest, migration.version), 0);
}

export function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}

/** Refuses a file whose schema is newer than this program knows. Throws WORKSPACE, reason `newer`. */
export function refuseNewer(version: number, newest = schemaVersion): void {
  if (version <= newest) return;
  const message =
    `This workspace was last used with a newer version of FRAMES (its schema is ${version}, this program knows ${newest}). ` +
    'Nothing was changed. Update FRAMES, or open an older backup.';
  throw new Fault('WORKSPACE', message, { reason: 'newer' });
}

/**
 * Takes the schema step by step to `target`, forward or back, each step in a transaction of its own together with its number.
 * The caller holds the workspace's lock alone and has taken a copy.
 */
export async function migrateTo(
  connection: Connection,
  target: number,
  {
    migrations = localMigrations,
    onTables = () => {},
  }: {
    migrations?: readonly Migration[];
    /** Fills tables that a step has made, within its transaction. */
    onTables?: (connection: Connection, made: readonly string[]) => void;
  } = {},
): Promise<void> {
  refuseNewer(versionOf(connection), newestOf(migrations));
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (let version = versionOf(connection); version !== target;) {
    const forward = version < target;
    const migration = byVersion.get(forward ? version + 1 : version);
    if (!migration) throw new Error(`no migration ${forward ? version + 1 : version}`);
    const next = forward ? version + 1 : version - 1;
    const before = tablesIn(connection);
    await connection.build.transaction().execute(async (transaction) => {
      await (forward ? migration.up(transaction as never) : migration.down(transaction as never));
      const made = [...tablesIn(connection)].filter((table) => !before.has(table));
      if (forward && made.length > 0) onTables(connection, made);
      connection.pragma(`user_version = ${next}`);
    });
    version = next;
  }
}
