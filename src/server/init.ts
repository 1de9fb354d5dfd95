import pg from 'pg';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import type { Health } from '#shared/contract/server/status.ts';
import { backUpDatabase, databaseBackups, migrateDatabase } from './commands.ts';
import type { MigrationReport } from './commands.ts';
import { configFromEnvironment } from './config.ts';
import type { ServerSettings } from './config.ts';
import { openDatabase } from './db/database.ts';
import { serveHttp } from './serve.ts';
import type { RunningServer } from './serve.ts';
import { connectionOf } from './db/tls.ts';
import { toStartProblem, StartProblem } from './start-problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface InitReport {
  created: boolean;
  migration: MigrationReport;
  /** The first admin, if this created one. */
  admin: { id: string; email: string } | null;
  /** Id of the backup that this made; null if a backup existed or backups are off. */
  backup: string | null;
  health: Health;
}

/** Sets up a server and fails unless it runs healthily on loopback. Can be repeated. Throws ConfigError, StartProblem. */
export async function initServer(env: Environment): Promise<InitReport> {
  const settings = configFromEnvironment(env);
  const created = await createDatabase(settings);
  const { from, steps } = await migrateDatabase(env, { dry: true });
  // Other servers can be using the database.
  if (from > 0 && steps.length > 0)
    throw new StartProblem(
      'The database has an older schema. Stop all servers and run "frames serve migrate" first.',
    );
  const migration = await migrateDatabase(env, { dry: false });
  const { admin, health } = await checkServing(settings);
  const isBackupMissing = settings.config.backups !== null && (await databaseBackups(env)).length === 0;
  if (!isBackupMissing) return { created, migration, admin, backup: null, health };
  const { id: backup, made_at: last_backup } = await backUpDatabase(env);
  return { created, migration, admin, backup, health: { ...health, last_backup } };
}

const noDatabaseCode = '3D000';
const duplicateCode = '42P04';

/** Creates the database that DATABASE_URL names unless it exists. Connects to the database `postgres` of the same server. */
async function createDatabase(settings: ServerSettings): Promise<boolean> {
  const { databaseUrl } = settings;
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  try {
    await runOnce(databaseUrl, 'SELECT 1');
    return false;
  } catch (error) {
    if (codeOf(error) !== noDatabaseCode || name === '') throw toStartProblem(error, settings);
  }
  const maintenanceUrl = new URL(databaseUrl);
  maintenanceUrl.pathname = '/postgres';
  try {
    await runOnce(maintenanceUrl.href, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    return true;
  } catch (error) {
    if (codeOf(error) === duplicateCode) return false;
    const message = `There is no database "${name}", and this user cannot create it (DATABASE_URL). Create it first.`;
    throw new StartProblem(message, { cause: error });
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

async function runOnce(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ ...connectionOf(url), connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Serves briefly on a free loopback port, without scheduled backups. */
async function checkServing(settings: ServerSettings): Promise<Pick<InitReport, 'admin' | 'health'>> {
  const { databaseUrl, poolSize } = settings;
  const config = {
    ...settings.config,
    host: '127.0.0.1',
    port: 0,
    tls: null,
    drainSeconds: 0,
    // Nobody else sends requests, so a busy computer is no reason to refuse one.
    overloadMilliseconds: 0,
    backups: null,
  };
  const database = openDatabase(databaseUrl, poolSize);
  try {
    const server = await serveHttp({ database, config, logLevel: 'silent' });
    try {
      const admin = await createAdmin(server, settings);
      const readiness = await fetch(`${server.url}/readyz`);
      if (!readiness.ok) throw new StartProblem('The server is not ready: /readyz fails.');
      const health = (await (await fetch(`${server.url}/health`)).json()) as Health;
      if (health.status !== 'ok') throw new StartProblem('The server is not healthy: /health fails.');
      return { admin, health };
    } finally {
      await server.stop();
    }
  } catch (error) {
    throw toStartProblem(error, { ...settings, config });
  } finally {
    await database.close();
  }
}

/** Creates the first admin through the API. Null if there are users. */
async function createAdmin(
  { url, bootstrap_token }: RunningServer,
  { admin }: ServerSettings,
): Promise<InitReport['admin']> {
  if (bootstrap_token === null) return null;
  if (admin === null)
    throw new StartProblem(
      'There is no admin yet. Set FRAMES_ADMIN_EMAIL, FRAMES_ADMIN_NAME and FRAMES_ADMIN_PASSWORD.',
    );
  const response = await post(`${url}/api/v1/auth/bootstrap`, { bootstrap_token, ...admin });
  if (!response.ok) throw new StartProblem(await refusalMessage(response));
  const { user, refresh_token } = (await response.json()) as SignInResult;
  await post(`${url}/api/v1/auth/logout`, { refresh_token });
  return { id: user.id, email: user.email };
}

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Rewrites a refusal with the names of the variables. */
async function refusalMessage(response: Response): Promise<string> {
  const { error } = (await response.json()) as {
    error: { message: string; details?: { issues?: { path: string; message: string }[] } };
  };
  const [issue] = error.details?.issues ?? [];
  return issue ? `FRAMES_ADMIN_${issue.path.toUpperCase()}: ${issue.message}` : error.message;
}
