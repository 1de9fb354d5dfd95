import type { FilesReport, ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import type { Health } from '#shared/contract/server/status.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { Backups } from './backups/backups.ts';
import { configFromEnvironment } from './config.ts';
import type { ServerSettings } from './config.ts';
import { openDatabase } from './db/database.ts';
import type { Database } from './db/database.ts';
import { isServable, migrate, newerSchema, newestVersion, readSchemaState, stepsTo } from './db/migrate.ts';
import { checkAllFiles, readFilesReport } from './files/store.ts';
import { readHealth, readJobStates } from './operations/health.ts';
import { isoTime } from './db/time.ts';
import { toStartProblem, StartProblem } from './start-problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Production extends ServerSettings {
  database: Database;
  backups: Backups;
}

/** The command prints its own errors. */
const silentLog = { info: () => {}, error: () => {} };

/** Runs work with an open database of a production server. Errors that operators can fix become ConfigError or StartProblem. */
async function withProduction<T>(env: Environment, work: (production: Production) => Promise<T>): Promise<T> {
  const settings = configFromEnvironment(env);
  const database = openDatabase(settings.databaseUrl, settings.poolSize);
  const backups = new Backups({ database, config: settings.config, now: Date.now }, silentLog);
  try {
    return await work({ ...settings, database, backups });
  } catch (error) {
    if (error instanceof ServerFault) throw new StartProblem(error.message, { cause: error });
    throw toStartProblem(error, settings);
  } finally {
    await backups.stop();
    await database.close();
  }
}

/** Waits for a job. Throws StartProblem if it failed. */
async function waitForJob(backups: Backups, job: ServerJob): Promise<ServerJob> {
  const finished = await backups.jobs.waitFor(job);
  if (finished.state !== 'completed')
    throw new StartProblem(finished.problem ?? `The ${finished.kind} failed.`);
  return finished;
}

export interface MigrationReport {
  dry: boolean;
  from: number;
  to: number;
  /** Names of the applied steps, in order. */
  steps: string[];
  /** Id of the backup made before; null if nothing was migrated or the database was empty. */
  backup: string | null;
}

/** Migrates the database to a schema version, by default the newest. Makes a backup first. */
export function migrateDatabase(
  env: Environment,
  { to = newestVersion, dry }: { to?: number | undefined; dry: boolean },
): Promise<MigrationReport> {
  return withProduction(env, async ({ database, backups, config }) => {
    if (to > newestVersion)
      throw new StartProblem(`This FRAMES knows no step ${to}: its newest is ${newestVersion}.`);
    const schema = await readSchemaState(database);
    const from = schema.version;
    // Going back could leave an unknown step without the steps that it builds on.
    if (from > newestVersion && (to < newestVersion || !isServable(schema)))
      throw new StartProblem(newerSchema);
    const steps = (await stepsTo(database, to)).map(({ name }) => name);
    if (dry || steps.length === 0) return { dry, from, to, steps, backup: null };
    let backup: string | null = null;
    if (from > 0 && (await hasData(database))) {
      if (!config.backups)
        throw new StartProblem(
          'FRAMES_BACKUP_DIR is not set. A database that holds something is backed up before it is migrated.',
        );
      backup = await backups.backUpWithoutJob('migration');
    }
    return { dry, from, to, steps: await migrate(database, to), backup };
  });
}

async function hasData(database: Database): Promise<boolean> {
  const row = await database.get('SELECT 1 FROM server WHERE head_seq > 0 OR EXISTS (SELECT 1 FROM users)');
  return row !== undefined;
}

export function backUpDatabase(env: Environment): Promise<ServerBackup> {
  return withProduction(env, async ({ database, backups }) => {
    const backupId = isServable(await readSchemaState(database))
      ? (await waitForJob(backups, await backups.begin('manual', null))).backup
      : await backups.backUpWithoutJob('manual');
    const serverBackup = (await backups.list()).find(({ id }) => id === backupId);
    if (!serverBackup)
      throw new StartProblem('The backup was made by another server, in a folder of its own.');
    return serverBackup;
  });
}

/** Newest first. */
export const databaseBackups = (env: Environment): Promise<ServerBackup[]> =>
  withProduction(env, ({ backups }) => backups.list());

/** Restores a backup, after a backup of the current data, and waits for it. */
export function restoreDatabase(
  env: Environment,
  { id, confirm }: { id: string; confirm: string },
): Promise<Pick<ServerJob, 'kind' | 'state' | 'backup'>> {
  return withProduction(env, async ({ database, backups }) => {
    if (isServable(await readSchemaState(database)))
      await waitForJob(backups, await backups.beginRestore(id, confirm, null));
    else await backups.restoreWithoutJob(id, confirm);
    return { kind: 'restore', state: 'completed', backup: id };
  });
}

export interface VerificationReport {
  ok: boolean;
  /** Stored files of documents that are intact, and documents whose file is missing or damaged. */
  files: FilesReport;
  /** Each backup of the folder, newest first; without a problem if it is intact. */
  backups: { id: string; problem: string | null }[];
}

/** Hashes every stored file and every backup. */
export function verifyServer(env: Environment): Promise<VerificationReport> {
  return withProduction(env, async ({ database, backups }) => {
    if (!isServable(await readSchemaState(database)))
      throw new StartProblem('The database has another schema than this FRAMES. Migrate it first.');
    await checkAllFiles({ database, now: Date.now }, new AbortController().signal);
    const files = await readFilesReport(database);
    const checkedBackups = await backups.verify();
    const ok = files.problems.length === 0 && checkedBackups.every(({ problem }) => problem === null);
    return { ok, files, backups: checkedBackups };
  });
}

export interface DatabaseStatus {
  ok: boolean;
  /** Sentences for operators: why the server needs attention. */
  problems: string[];
  health: Health;
  job: ServerJob | null;
  /** When the next scheduled backup is due. */
  next: string | null;
}

export function databaseStatus(env: Environment): Promise<DatabaseStatus> {
  return withProduction(env, async ({ database, backups, config }) => {
    // Throws the reason if the database cannot be reached; `readHealth` only reports that it cannot.
    await database.get('SELECT 1');
    const health = await readHealth({ database, now: Date.now, config });
    const job = health.migrations.version === 0 ? null : await backups.jobs.last();
    const next = health.migrations.version === 0 ? null : await backups.nextDue();
    const problems = await findProblems(database, { health, config, next });
    return { ok: problems.length === 0, problems, health, job, next };
  });
}

const hoursLate = 2;

async function findProblems(
  database: Database,
  { health, config, next }: { health: Health; config: ServerSettings['config']; next: string | null },
): Promise<string[]> {
  const { version, newest } = health.migrations;
  if ((version ?? 0) > newest && health.status !== 'ok') return [newerSchema];
  if (health.status !== 'ok')
    return [
      `The database has schema ${version ?? 0}, this FRAMES needs ${newest}: run "frames serve migrate".`,
    ];
  const problems: string[] = [];
  const { failed, dead } = await readJobStates(database, isoTime(Date.now()));
  if (failed + dead > 0)
    problems.push(`${failed + dead} jobs have failed: see "Administration → Server" or /api/v1/jobs.`);
  const { problems: lacking } = await readFilesReport(database);
  if (lacking.length > 0)
    problems.push(
      `The files of ${lacking.length} documents are missing or damaged: "frames serve verify" lists them.`,
    );
  // A backup made by hand, or before a restore, counts too.
  const isLate =
    next !== null &&
    Date.parse(next) < Date.now() - hoursLate * 3_600_000 &&
    (health.last_backup ?? '') < next;
  if (config.backups && (health.last_backup === null || isLate))
    problems.push(
      health.last_backup === null ? 'There is no backup.' : `The backup of ${next} was not made.`,
    );
  return problems;
}
