import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLineWriter } from '#files/line-writer.ts';
import { readShippedSync, readTextSync, writeNewFileSync } from '#files/open-file.ts';
import { createApp, maxEndMilliseconds } from './app.ts';
import type { AppOptions } from './app.ts';
import { hashBootstrapToken } from './auth/handlers.ts';
import { bootstrapTokenOf } from './auth/tokens.ts';
import { maxConcurrentSignIns } from './auth/lockout.ts';
import { OidcProvider } from './auth/oidc/provider.ts';
import { batchSessions } from './auth/sessions.ts';
import {
  assertEncrypted,
  backupDefaults,
  configFromEnvironment,
  configDefaults,
  trialHookNetworks,
} from './config.ts';
import type { ServerConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import type { Database } from './db/database.ts';
import { GroupCommit } from './db/group-commit.ts';
import { postgresStore } from './sync/postgres-storage.ts';
import { isServable, migrate, newerSchema, newestVersion, readSchemaState } from './db/migrate.ts';
import { startTrialPostgres } from './db/trial-postgres.ts';
import { Hints } from './hints.ts';
import { HookSender } from './hooks/send.ts';
import type { HookSenderOptions } from './hooks/send.ts';
import { ServerJobQueue } from './jobs/queue.ts';
import { ServerJobRunner } from './jobs/runner.ts';
import type { ServerJobKind } from './jobs/runner.ts';
import { Semaphore } from '#shared/domain/semaphore.ts';
import { toStartProblem } from './start-problem.ts';
import type { AnswerQuestion, Services } from './context.ts';
import { trainKind } from './knowledge/base.ts';
import { postgresFiles } from './files/storage.ts';
import { removalJobKind, removalKind } from './people/old-versions.ts';
import { checkAllFiles } from './files/store.ts';
import { purgeOldRows } from './operations/purge.ts';
import { createHttpClient } from '#http/client.ts';
import type { HttpClient } from '#http/client.ts';
import { processEnvironment, unknownVariables } from '#shared/domain/environment.ts';

const hour = 3_600_000;

const serverJobKinds = (
  services: Pick<Services, 'database' | 'config' | 'now'>,
): Readonly<Record<string, ServerJobKind>> => ({
  // Runs hourly; removes expired data once a day.
  purge: {
    maxAttempts: 3,
    interval: hour,
    run: async () => ({ removed: await purgeOldRows(services) }),
  },
  // Reads every stored file once a day. Damaged ones are listed and sent again by workspaces.
  check_files: {
    maxAttempts: 3,
    interval: 24 * hour,
    run: ({ signal }) => checkAllFiles(services, signal),
  },
  train: trainKind(services),
  [removalKind]: removalJobKind(services),
});

export interface RunningServer {
  url: string;
  /** Creates the first admin, once; null if there are users. */
  bootstrap_token: string | null;
  /** Finishes open requests and stops. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  database: Database;
  config: ServerConfig;
  now?: () => number;
  logLevel?: string | undefined;
  version?: string;
  deprecated?: AppOptions['deprecated'] | undefined;
  logTo?: AppOptions['logTo'] | undefined;
  freeShareOf?: AppOptions['freeShareOf'];
  /** For requests to the provider of sign-ins, and the certificates that webhooks trust. */
  http?: Pick<HttpClient, 'fetch' | 'trust'>;
  hooks?: Pick<HookSenderOptions, 'lookup' | 'pollInterval'>;
  answerQuestion?: AnswerQuestion | null;
  /** Longest time to finish open requests at shutdown. */
  endMilliseconds?: number;
  /** Sentences for the log at the start. */
  warnings?: readonly string[];
}

/** Milliseconds to wait beyond `endMilliseconds`, and then for the pool, so that a shutdown always ends. */
const hardDeadline = 10_000;

/** Waits at most `milliseconds` for work. Returns whether the work ended in time; rejects if the work rejects in time. */
async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    const timeout = setTimeout(milliseconds, false, { signal: timer.signal });
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    timer.abort();
  }
}

/** Waits at most `hardDeadline` for the pool to close. Returns whether it closed. */
const closeDatabase = (database: Database): Promise<boolean> => endsWithin(database.close(), hardDeadline);

/** Serves a database with the newest schema, or with a newer compatible one. */
export async function serveHttp({
  database,
  config,
  now = Date.now,
  version = ownVersion(),
  endMilliseconds = maxEndMilliseconds,
  warnings = [],
  http = createHttpClient({ environment: processEnvironment() }),
  hooks,
  answerQuestion = null,
  ...options
}: ServeOptions): Promise<RunningServer> {
  assertEncrypted(config);
  const schema = await readSchemaState(database);
  if (!isServable(schema))
    throw new Error(
      schema.version < newestVersion
        ? 'The database has an older schema. Back it up and run "frames serve migrate".'
        : newerSchema,
    );
  let isDraining = false;
  const groupCommit = new GroupCommit(database);
  const app = await createApp(
    {
      database,
      config,
      now,
      version,
      hints: new Hints(),
      groupCommit,
      syncStore: postgresStore(database, groupCommit),
      fileStorage: postgresFiles(database),
      sessions: batchSessions({ database, now }),
      signInSemaphore: new Semaphore(maxConcurrentSignIns),
      oidc: config.oidc && new OidcProvider(config.oidc, http),
      answerQuestion,
    },
    { ...options, endMilliseconds, isDraining: () => isDraining },
  );
  const bootstrap_token = await setBootstrapToken(database, config.secret);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw toStartProblem(error, { config });
  }
  for (const warning of warnings) app.log.warn(warning);
  if (!(await database.hasRequestLogin()))
    app.log.warn(
      'requests use the login of the owner: let it create roles, and frames_app_… connect (see docs/operations/run.md)',
    );
  const runner = new ServerJobRunner({
    queue: new ServerJobQueue(database),
    kinds: serverJobKinds({ database, config, now }),
    log: app.log,
    now,
  }).start();
  const sender = new HookSender({ database, config, now, log: app.log, http, ...hooks }).start();
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return {
    url: `${config.tls ? 'https' : 'http'}://${config.host}:${port}`,
    bootstrap_token,
    async stop() {
      // Order: report not ready, refuse new requests, finish open ones.
      isDraining = true;
      if (config.drainSeconds > 0) await setTimeout(config.drainSeconds * 1000);
      const stopAll = async (): Promise<void> => {
        try {
          await Promise.all([runner.stop(), sender.stop()]);
        } finally {
          await app.close();
        }
      };
      if (!(await endsWithin(stopAll(), endMilliseconds + hardDeadline))) app.server.closeAllConnections();
    },
  };
}

/** Returns the token that creates the first admin; null if there are users. All servers of a database have the same one, so a start voids no printed token. */
async function setBootstrapToken(database: Database, secret: string): Promise<string | null> {
  const row = await database.get<{ server_id: string }>('SELECT server_id FROM server');
  const token = bootstrapTokenOf(secret, row?.server_id ?? '');
  const updatedRows = await database.run(
    'UPDATE server SET bootstrap_hash = $1 WHERE NOT EXISTS (SELECT 1 FROM users)',
    [hashBootstrapToken(token)],
  );
  return updatedRows === 0 ? null : token;
}

/** Serves in production on a migrated database, configured by the environment. Throws ConfigError, StartProblem. */
export async function serveProduction(
  env: Readonly<Record<string, string | undefined>>,
  answerQuestion: AnswerQuestion | null = null,
  logTo: { write(line: string): void } = createLineWriter(2),
): Promise<RunningServer> {
  const { config, databaseUrl, poolSize, logLevel } = configFromEnvironment(env);
  const database = openDatabase(databaseUrl, poolSize);
  try {
    const server = await serveHttp({
      database,
      config,
      logLevel,
      logTo,
      answerQuestion,
      warnings: unknownVariables(env),
      http: createHttpClient({ environment: env }),
    });
    return {
      ...server,
      async stop() {
        try {
          await server.stop();
        } finally {
          await closeDatabase(database);
        }
      },
    };
  } catch (error) {
    await database.close();
    throw toStartProblem(error, { databaseUrl, config });
  }
}

/** Reads the program's version. This file and its bundle have the same folder depth. */
function ownVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readShippedSync(file)) as { version: string }).version;
}

/** Serves a trial on loopback, with the bundled Postgres in a folder. */
export async function serveTrial(
  folder: string,
  {
    port,
    log = () => {},
    logLevel = 'info',
    answerQuestion = null,
  }: {
    port: number;
    log?: (line: string) => void;
    logLevel?: string;
    answerQuestion?: AnswerQuestion | null;
  },
): Promise<RunningServer> {
  await mkdir(folder, { recursive: true });
  const postgres = await startTrialPostgres(folder, log);
  try {
    const database = openDatabase(postgres.url);
    try {
      await migrate(database);
      const config: ServerConfig = {
        ...configDefaults,
        host: '127.0.0.1',
        port,
        secret: loadOrCreateSecret(join(folder, 'secret')),
        trustsActor: true,
        // On a busy machine no other server could answer instead.
        overloadMilliseconds: 0,
        backups: { ...backupDefaults, folder: join(folder, 'backups') },
        databaseFolder: folder,
        hookNetworks: trialHookNetworks(processEnvironment()),
      };
      const server = await serveHttp({ database, config, logLevel, answerQuestion });
      return {
        ...server,
        async stop() {
          try {
            await server.stop();
          } finally {
            await closeDatabase(database);
            await postgres.stop();
          }
        },
      };
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function loadOrCreateSecret(file: string): string {
  if (!existsSync(file)) writeNewFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  return readTextSync(file).trim();
}
