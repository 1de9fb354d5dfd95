import { hash } from 'node:crypto';
import type { Writable } from 'node:stream';
import pg from 'pg';
import type { PoolClient, PoolConfig } from 'pg';
import type { Role } from '#shared/domain/vocabulary.ts';
import { connectionOf } from './tls.ts';

/** The login for requests. It is a member of `frames_app` only, so no statement can act as the owner of the tables. */
interface RequestLogin {
  /** `frames_app_` and the OID of the database, so that two databases of one Postgres have separate logins. */
  name: string;
  /** Derived from the key of the database, which only the owner reads. All servers of the database derive the same. */
  password: string;
}

function requestLoginOf(key: string, databaseOid: number): RequestLogin {
  return { name: `frames_app_${databaseOid}`, password: hash('sha256', `login ${key}`, 'hex') };
}

/** Returns the database URL for another login. Uses query parameters: they override the user part and also work without a host. */
function urlWithLogin(url: string, { name, password }: RequestLogin): string {
  const address = new URL(url);
  address.searchParams.set('user', name);
  address.searchParams.set('password', password);
  return address.href;
}

/** Creates the login, or resets its password. The owner must be allowed to create roles. Concurrent servers wait for each other. */
async function ensureRequestLogin(
  owner: Pick<pg.Pool, 'query'>,
  { name, password }: RequestLogin,
): Promise<void> {
  await owner.query(`DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(7266372);
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${name}') THEN ALTER ROLE ${name} LOGIN PASSWORD '${password}';
  ELSE CREATE ROLE ${name} LOGIN PASSWORD '${password}' IN ROLE frames_app;
  END IF;
  EXECUTE format('ALTER ROLE ${name} SET search_path = %I, pg_temp', current_schema());
END $$`);
}

/** Whether the login works. Throws errors other than a refusal by Postgres. */
async function canLogIn(requestPool: pg.Pool): Promise<boolean> {
  try {
    await requestPool.query('SELECT server_id FROM server');
    return true;
  } catch (error) {
    // Unknown or refused (28; 08P01 from a pooler), not allowed into the database, or without access to the tables (42).
    if (error instanceof pg.DatabaseError && /^(28|08P01|42)/.test(error.code ?? '')) return false;
    throw error;
  }
}

/** One connection, in or out of a transaction. Statements are sent at once and run in order, so awaiting several together costs one round trip. */
export interface Sql {
  all<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
  get<T>(text: string, values?: readonly unknown[]): Promise<T | undefined>;
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** The user of a transaction, for row security. */
export interface ActingUser {
  id: string;
  role: Role;
  university_id: string | null;
  sees: 'all' | 'university';
}

/** The result of a unit of work that has sent all its statements, and a promise that settles when Postgres has answered its writes. */
export interface WriteResult<T> {
  value: T;
  writes: Promise<unknown>;
}

/** Work on behalf of a user. It can run more than once: it is rolled back and retried if the unit before it fails. */
export interface UnitOfWork {
  acting: ActingUser;
  work: (sql: Sql) => Promise<WriteResult<unknown>>;
}

export interface Database extends Sql {
  /** Connections as the owner of the tables. */
  readonly pool: pg.Pool;
  /** Numbers of connections of both logins, and of callers that wait for one. */
  connections(): { total: number; idle: number; waiting: number };
  /** Whether requests use their own login. False if Postgres does not let the server create it or connect with it. */
  hasRequestLogin(): Promise<boolean>;
  /** Prepares each statement once per connection. For statements of every request. */
  readonly prepared: Sql;
  /** Runs as the owner of the tables, for data that belongs to no user, such as sign-ins. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs on behalf of a user, under row security. */
  asUser<T>(user: ActingUser, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs units of several users in one transaction, in order, after `prepare`, overlapping their writes. A failed unit changes nothing. */
  asUsers(
    units: readonly UnitOfWork[],
    prepare: (sql: Sql) => Promise<void>,
  ): Promise<PromiseSettledResult<unknown>[]>;
  /** Like `asUser`, but reads one snapshot and cannot write. */
  readAsUser<T>(user: ActingUser, work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A lost or timed out connection, one of a closed pool, or one with outdated statements. Has the SQLSTATE of a lost connection. */
export class ConnectionError extends Error {
  readonly code = '08006';
}

/** SQLSTATEs of statements that fail because an earlier one did: in an aborted transaction, or after a savepoint that was not made. */
const consequences = ['25P02', '3B001'];
/** The error that aborted the transaction of a connection. Pipelined statements are answered in order, so it is known before its consequences. */
const causes = new WeakMap<object, Error>();

/** Connections with statements that were prepared before a column changed its type. Postgres refuses these statements, so the pool closes the connections. */
const outdatedConnections = new WeakSet<object>();
const isOutdatedStatement = (error: Error): boolean =>
  error instanceof pg.DatabaseError && (error.routine === 'RevalidateCachedQuery' || error.code === '26000');

/** Waits for a call of `pg`. Throws the cause of a failed transaction, and ConnectionError for an unusable connection, which the library may report without a code. */
async function answerOf<T>(client: pg.Pool | PoolClient, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const isPlain = error instanceof Error && error.constructor === Error && !('code' in error);
    const isOutdated = error instanceof Error && isOutdatedStatement(error);
    if (isOutdated) outdatedConnections.add(client);
    const failure =
      isPlain || isOutdated || !(error instanceof Error)
        ? new ConnectionError(String(error), { cause: error })
        : error;
    const isConsequence = failure instanceof pg.DatabaseError && consequences.includes(failure.code ?? '');
    if (isConsequence) throw causes.get(client) ?? failure;
    causes.set(client, failure);
    throw failure;
  }
}

const int8 = 20;
const timestamptz = 1184;

/** Parses int8 as numbers, because row numbers stay far below 2^53, and times as ISO 8601 in UTC. */
const typeParsers: PoolConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return Number;
    if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format) as unknown;
  }) as typeof pg.types.getTypeParser,
};

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(url),
    min: Math.min(5, max),
    max,
    pipeline: true,
    types: typeParsers,
    application_name: 'frames',
    connectionTimeoutMillis: 10_000,
  });
  // The pool replaces an idle connection that was lost.
  pool.on('error', () => {});
  // The next query on a lost connection fails; without this listener the process would end.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

interface RequestAccess {
  key: string;
  /** Connects with the request login, or as the owner if Postgres refuses that. */
  pool: pg.Pool;
}

/** Opens at most `maxConnections` connections, from the first use on: a third for requests, the others for the owner of the tables. */
export function openDatabase(url: string, maxConnections = 20): Database {
  const requestConnections = Math.floor(maxConnections / 3);
  const pool = openPool(url, maxConnections - requestConnections);

  async function createRequestAccess(): Promise<RequestAccess> {
    const row = await sqlOf(pool).get<{ key: string; database: number }>(
      'SELECT key, d.oid::int8 AS database FROM acting_key, pg_database d WHERE d.datname = current_database()',
    );
    if (!row) throw new Error('the database has no key to sign with');
    const { key } = row;
    const login = requestLoginOf(key, row.database);
    const candidatePool = openPool(urlWithLogin(url, login), requestConnections);
    try {
      if (await canLogIn(candidatePool)) return { key, pool: candidatePool };
      // Fails if the owner may not create roles; a retry would not help.
      const isCreated = await ensureRequestLogin(pool, login).then(
        () => true,
        () => false,
      );
      if (isCreated && (await canLogIn(candidatePool))) return { key, pool: candidatePool };
    } catch (error) {
      await candidatePool.end();
      throw error;
    }
    await candidatePool.end();
    return { key, pool };
  }

  let accessPromise: Promise<RequestAccess> | null = null;
  /** Null until the pool is open. */
  let requestPool: pg.Pool | null = null;
  const getRequestAccess = (): Promise<RequestAccess> => {
    accessPromise ??= createRequestAccess().then(
      (access) => {
        requestPool = access.pool;
        return access;
      },
      (error: unknown) => {
        accessPromise = null;
        throw error;
      },
    );
    return accessPromise;
  };
  const pools = (): pg.Pool[] => [...new Set([pool, requestPool ?? pool])];
  const sumOf = (property: 'totalCount' | 'idleCount' | 'waitingCount'): number =>
    pools().reduce((total, openedPool) => total + openedPool[property], 0);

  async function transaction<T>(
    work: (sql: Sql) => Promise<T>,
    acting?: ActingUser,
    beginStatement = 'BEGIN',
  ): Promise<T> {
    const access = acting && (await getRequestAccess());
    const signedUser = access && signActing(access.key, acting);
    const client = await answerOf(access?.pool ?? pool, (access?.pool ?? pool).connect());
    let connectionError: Error | undefined;
    try {
      await Promise.all([
        send(client, beginStatement),
        signedUser && send(client, setActingQuery, signedUser),
      ]);
      const result = await work(sqlOf(client));
      await send(client, 'COMMIT');
      return result;
    } catch (error) {
      await batchWrites(client)
        .query('ROLLBACK')
        .catch((rollbackError: unknown) => {
          connectionError = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
        });
      throw error;
    } finally {
      client.release(connectionError ?? outdatedConnections.has(client));
    }
  }

  async function asUsers(
    units: readonly UnitOfWork[],
    prepare: (sql: Sql) => Promise<void>,
  ): Promise<PromiseSettledResult<unknown>[]> {
    const access = await getRequestAccess();
    const client = await answerOf(access.pool, access.pool.connect());
    let connectionError: Error | undefined;
    try {
      const results: PromiseSettledResult<unknown>[] = [];
      let begin: Promise<unknown> = Promise.all([send(client, 'BEGIN'), prepare(sqlOf(client))]);
      /** The previous unit, until Postgres has answered its writes. */
      let previousUnit: Promise<PromiseSettledResult<unknown>> | null = null;
      const settlePrevious = async (): Promise<boolean> => {
        const result = await previousUnit;
        previousUnit = null;
        if (result) results.push(result);
        return result?.status !== 'rejected';
      };
      const startedUnits = (): number => results.length + (previousUnit ? 1 : 0);
      for (let index = startedUnits(); index < units.length; index = startedUnits()) {
        const { acting, work } = units[index] as UnitOfWork;
        const opening = Promise.all([
          begin,
          send(client, `SAVEPOINT unit_${index}`),
          send(client, setActingQuery, signActing(access.key, acting)),
        ]);
        const unitState = { isOver: false };
        const [outcome] = await Promise.allSettled([work(sqlOf(client, unitState)), opening]);
        // After this point, a statement of this unit would run in the next savepoint.
        unitState.isOver = true;
        begin = Promise.resolve();
        const { value, writes } = outcome.status === 'fulfilled' ? outcome.value : emptyResult;
        writes.catch(() => {});
        // The previous unit failed, so this one read values that are rolled back: retry it.
        if (!(await settlePrevious())) await send(client, `ROLLBACK TO SAVEPOINT unit_${results.length - 1}`);
        else if (outcome.status === 'fulfilled') {
          previousUnit = Promise.all([writes, opening]).then(
            () => ({ status: 'fulfilled', value }),
            (reason: unknown) => ({ status: 'rejected', reason }),
          );
        } else {
          results.push(outcome);
          await send(client, `ROLLBACK TO SAVEPOINT unit_${index}`);
        }
      }
      if (!(await settlePrevious())) await send(client, `ROLLBACK TO SAVEPOINT unit_${results.length - 1}`);
      await send(client, 'COMMIT');
      return results;
    } catch (error) {
      await batchWrites(client)
        .query('ROLLBACK')
        .catch((rollbackError: unknown) => {
          connectionError = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
        });
      throw error;
    } finally {
      client.release(connectionError ?? outdatedConnections.has(client));
    }
  }

  return {
    pool,
    ...sqlOf(pool),
    prepared: sqlOf(pool, { isOver: false }),
    transaction: (work) => transaction(work),
    asUser: (user, work) => transaction(work, user),
    asUsers,
    readAsUser: (user, work) => transaction(work, user, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    connections: () => ({
      total: sumOf('totalCount'),
      idle: sumOf('idleCount'),
      waiting: sumOf('waitingCount'),
    }),
    hasRequestLogin: async () => (await getRequestAccess()).pool !== pool,
    close: async () => {
      // Also closes a pool that is still opening.
      await accessPromise?.catch(() => {});
      await Promise.all(pools().map((openedPool) => openedPool.end()));
    },
  };
}

const emptyResult: WriteResult<undefined> = { value: undefined, writes: Promise.resolve() };

const corkedStreams = new WeakSet<Writable>();

/** Batches the statements of one tick into one write. On a local connection, a write costs more than the statement itself. */
function batchWrites<T extends pg.Pool | PoolClient>(client: T): T {
  if (client instanceof pg.Pool) return client;
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (!corkedStreams.has(stream)) {
    corkedStreams.add(stream);
    stream.cork();
    process.nextTick(() => {
      corkedStreams.delete(stream);
      stream.uncork();
    });
  }
  return client;
}

const send = (client: PoolClient, text: string, values?: string[]): Promise<pg.QueryResult> =>
  answerOf(client, batchWrites(client).query(text, values));

const setActingQuery = `SELECT set_config('frames.acting', $1, true), set_config('frames.signature', $2, true),
  set_config('role', 'frames_app', true)`;

/** Signs the acting user, so that a statement of a request cannot name another user: see `frames_acting` of the schema. */
export function signActing(
  key: string,
  { id, role, university_id, sees }: ActingUser,
): [acting: string, signature: string] {
  const acting = JSON.stringify({ user: id, role, university: university_id ?? '', sees });
  return [acting, hash('sha256', key + hash('sha256', key + acting, 'hex'), 'hex')];
}

/** Names of prepared statements. Writing the history repeats few statements, and parsing them costs more than running them. */
const statementNames = new Map<string, string>();
function statementNameOf(text: string): string {
  const name = statementNames.get(text) ?? hash('sha1', text, 'hex');
  statementNames.set(text, name);
  return name;
}

/** With `unit`, statements are prepared once per connection, and refused once the unit is over. */
function sqlOf(client: pg.Pool | PoolClient, unit?: { isOver: boolean }): Sql {
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    if (unit?.isOver) throw new Error('this unit of work is over');
    return answerOf(
      client,
      unit
        ? batchWrites(client).query({ name: statementNameOf(text), text, values: [...values] })
        : client.query(text, [...values]),
    );
  };
  const all = async <T>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await query(text, values)).rows as T[];
  return {
    all,
    get: async <T>(text: string, values?: readonly unknown[]) => (await all<T>(text, values))[0],
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
  };
}
