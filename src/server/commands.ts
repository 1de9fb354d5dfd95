import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import type { Health } from '#shared/contract/server/status.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { Backups } from './backups/backups.ts';
import { configFromEnvironment } from './config.ts';
import type { ServerSettings } from './config.ts';
import { openDatabase } from './db/database.ts';
import type { Database } from './db/database.ts';
import { isServable, migrate, newerSchema, newestVersion, schemaState, stepsTo } from './db/migrate.ts';
import { readHealth } from './operations/health.ts';
import { startProblem, StartProblem } from './start-problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Production extends ServerSettings {
  database: Database;
  backups: Backups;
}

/** What fails is said by the command itself. */
const silent = { info: () => {}, error: () => {} };

/** Does something with the database of a server in production, and closes it. Throws ConfigError, StartProblem. */
async function inProduction<T>(env: Environment, work: (production: Production) => Promise<T>): Promise<T> {
  const settings = configFromEnvironment(env);
  const database = openDatabase(settings.databaseUrl, settings.poolSize);
  const backups = new Backups({ database, config: settings.config, now: Date.now }, silent);
  try {
    return await work({ ...settings, database, backups });
  } catch (error) {
    if (error instanceof ServerFault) throw new StartProblem(error.message, { cause: error });
    throw startProblem(error, settings);
  } finally {
    await backups.stop();
    await database.close();
  }
}

/** Throws StartProblem where the job failed. */
async function ended(backups: Backups, job: ServerJob): Promise<ServerJob> {
  const over = await backups.jobs.ended(job);
  if (over.state !== 'done') throw new StartProblem(over.problem ?? `The ${over.kind} failed.`);
  return over;
}

export interface MigrationReport {
  dry: boolean;
  from: number;
  to: number;
  /** The names of the steps, in the order in which they are done. */
  steps: string[];
  /** The id of the backup that was made before; null where there was nothing to keep, or nothing to do. */
  backup: string | null;
}

/** Brings the database to a step of its schema, the newest one unless told; what is there is backed up before. */
export function migrateDatabase(
  env: Environment,
  { to = newestVersion, dry }: { to?: number | undefined; dry: boolean },
): Promise<MigrationReport> {
  return inProduction(env, async ({ database, backups, config }) => {
    if (to > newestVersion)
      throw new StartProblem(`This FRAMES knows no step ${to}: its newest is ${newestVersion}.`);
    const schema = await schemaState(database);
    const from = schema.version;
    // Steps back could leave a step that this program does not know without what it builds on.
    if (from > newestVersion && (to < newestVersion || !isServable(schema)))
      throw new StartProblem(newerSchema);
    const steps = (await stepsTo(database, to)).map(({ name }) => name);
    if (dry || steps.length === 0) return { dry, from, to, steps, backup: null };
    let backup: string | null = null;
    if (from > 0 && (await holdsAnything(database))) {
      if (!config.backups)
        throw new StartProblem(
          'FRAMES_BACKUP_DIR is not set. A database that holds something is backed up before it is migrated.',
        );
      backup = await backups.backUpWithoutJob('migration');
    }
    return { dry, from, to, steps: await migrate(database, to), backup };
  });
}

async function holdsAnything(database: Database): Promise<boolean> {
  const row = await database.get('SELECT 1 FROM server WHERE head_seq > 0 OR EXISTS (SELECT 1 FROM users)');
  return row !== undefined;
}

/** Makes a backup, and waits for it. */
export function backUpDatabase(env: Environment): Promise<ServerBackup> {
  return inProduction(env, async ({ database, backups }) => {
    const backup = isServable(await schemaState(database))
      ? (await ended(backups, await backups.begin('manual', null))).backup
      : await backups.backUpWithoutJob('manual');
    const made = (await backups.list()).find(({ id }) => id === backup);
    if (!made) throw new StartProblem('The backup was made by another server, in a folder of its own.');
    return made;
  });
}

/** The newest first. */
export const databaseBackups = (env: Environment): Promise<ServerBackup[]> =>
  inProduction(env, ({ backups }) => backups.list());

/** Puts a backup in the place of everything, after a backup of that, and waits for it. */
export function restoreDatabase(
  env: Environment,
  { id, confirm }: { id: string; confirm: string },
): Promise<Pick<ServerJob, 'kind' | 'state' | 'backup'>> {
  return inProduction(env, async ({ database, backups }) => {
    if (isServable(await schemaState(database)))
      await ended(backups, await backups.beginRestore(id, confirm, null));
    else await backups.restoreWithoutJob(id, confirm);
    return { kind: 'restore', state: 'done', backup: id };
  });
}

export interface DatabaseStatus {
  health: Health;
  job: ServerJob | null;
  /** When the next backup is due. */
  next: string | null;
}

/** How the database is, and what runs there. */
export function databaseStatus(env: Environment): Promise<DatabaseStatus> {
  return inProduction(env, async ({ database, backups }) => {
    // Why it cannot be reached is worth more than that it cannot.
    await database.get('SELECT 1');
    const health = await readHealth({ database, now: Date.now });
    if (health.migrations.version === 0) return { health, job: null, next: null };
    return { health, job: await backups.jobs.last(), next: await backups.next() };
  });
}
