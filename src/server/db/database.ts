import { hash } from 'node:crypto';
import type { Writable } from 'node:stream';
import pg from 'pg';
import type { PoolClient, PoolConfig } from 'pg';
import type { Role } from '#shared/domain/vocabulary.ts';
import { addressFor, canLogIn, makeRequestLogin, requestLoginOf } from './request-login.ts';

/** One connection, in or out of a transaction. Statements are sent as they are called and done in that order: who awaits several together waits for one answer. */
export interface Sql {
  all<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
  get<T>(text: string, values?: readonly unknown[]): Promise<T | undefined>;
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

/** For whom a transaction reads and writes: row security goes by it. */
export interface Acting {
  id: string;
  role: Role;
  university_id: string | null;
  sees: 'all' | 'university';
}

/** The result of a unit of work that has sent all its statements, and a promise that settles when Postgres has answered its writes. */
export interface Written<T> {
  value: T;
  written: Promise<unknown>;
}

/** A unit of work in the name of a user. It may run more than once: it is rolled back and retried if the turn before it fails. */
export interface Turn {
  acting: Acting;
  work: (sql: Sql) => Promise<Written<unknown>>;
}

export interface Database extends Sql {
  /** Connections of the owner. */
  readonly pool: pg.Pool;
  /** How many connections there are, for the owner and for requests, and how many callers wait for one. */
  connections(): { total: number; idle: number; waiting: number };
  /** Whether requests have a login of their own, as they should: false if Postgres does not let the server make it or connect with it. */
  hasRequestLogin(): Promise<boolean>;
  /** For statements that every request has: each connection prepares them once. */
  readonly prepared: Sql;
  /** As the owner of the tables: for what belongs to no user, as signing in. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Under row security, in the name of a user. */
  asUser<T>(user: Acting, work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Several in one transaction, one after the other and each in the name of its user: one that fails changes nothing, and none of the others. One begins while
   * the writes of the one before are under way; if those fail it begins again. `open` sends what the transaction begins with.
   */
  asUsers(
    works: readonly Turn[],
    open: (sql: Sql) => Promise<void>,
  ): Promise<PromiseSettledResult<unknown>[]>;
  /** The same, of one state of the database, for reading alone. */
  readAsUser<T>(user: Acting, work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const int8 = 20;
const timestamptz = 1184;

/** Numbers of rows are far below 2^53, and times are ISO 8601 in UTC. */
const types: PoolConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return Number;
    if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format) as unknown;
  }) as typeof pg.types.getTypeParser,
};

function openPool(url: string, most: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    min: Math.min(5, most),
    max: most,
    pipeline: true,
    types,
    application_name: 'frames',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that ends while nobody uses it is replaced at the next use.
  pool.on('error', () => {});
  // One that is lost while somebody has it fails their next query, and is not to end the program.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** Where requests are served, and with what it is signed for whom. */
interface Requests {
  key: string;
  /** Of a login of their own; the owner's pool where Postgres refuses that one. */
  pool: pg.Pool;
}

/** Connections to Postgres: never more than 20 (`most`), of which a third are for requests and the others for the owner. They are opened at their first use. */
export function openDatabase(url: string, most = 20): Database {
  const forRequests = Math.floor(most / 3);
  const pool = openPool(url, most - forRequests);

  async function openRequests(): Promise<Requests> {
    const row = await sqlOf(pool).get<{ key: string; database: number }>(
      'SELECT key, d.oid::int8 AS database FROM acting_key, pg_database d WHERE d.datname = current_database()',
    );
    if (!row) throw new Error('the database has no key to sign with');
    const { key } = row;
    const login = requestLoginOf(key, row.database);
    const own = openPool(addressFor(url, login), forRequests);
    try {
      if (await canLogIn(own)) return { key, pool: own };
      // Refused where roles may not be created; then there is no login to try again.
      const isMade = await makeRequestLogin(pool, login).then(
        () => true,
        () => false,
      );
      if (isMade && (await canLogIn(own))) return { key, pool: own };
    } catch (error) {
      await own.end();
      throw error;
    }
    await own.end();
    return { key, pool };
  }

  let opened: Promise<Requests> | null = null;
  /** Of the pool that is open; null before. */
  let requestPool: pg.Pool | null = null;
  const requests = (): Promise<Requests> => {
    opened ??= openRequests().then(
      (found) => {
        requestPool = found.pool;
        return found;
      },
      (error: unknown) => {
        opened = null;
        throw error;
      },
    );
    return opened;
  };
  const pools = (): pg.Pool[] => [...new Set([pool, requestPool ?? pool])];
  const sum = (count: 'totalCount' | 'idleCount' | 'waitingCount'): number =>
    pools().reduce((all, one) => all + one[count], 0);

  async function transaction<T>(
    work: (sql: Sql) => Promise<T>,
    acting?: Acting,
    begin = 'BEGIN',
  ): Promise<T> {
    const serving = acting && (await requests());
    const signed = serving && signActing(serving.key, acting);
    const client = await (serving?.pool ?? pool).connect();
    let failed: Error | undefined;
    try {
      await Promise.all([gather(client).query(begin), signed && gather(client).query(settings, signed)]);
      const result = await work(sqlOf(client));
      await gather(client).query('COMMIT');
      return result;
    } catch (error) {
      await gather(client)
        .query('ROLLBACK')
        .catch((broken: unknown) => {
          failed = broken instanceof Error ? broken : new Error(String(broken));
        });
      throw error;
    } finally {
      client.release(failed);
    }
  }

  async function asUsers(
    works: readonly Turn[],
    open: (sql: Sql) => Promise<void>,
  ): Promise<PromiseSettledResult<unknown>[]> {
    const { key: secret, pool: serving } = await requests();
    const client = await serving.connect();
    let failed: Error | undefined;
    try {
      const results: PromiseSettledResult<unknown>[] = [];
      let begin: Promise<unknown> = Promise.all([gather(client).query('BEGIN'), open(sqlOf(client))]);
      /** The previous turn, while Postgres has not answered its writes. */
      let before: Promise<PromiseSettledResult<unknown>> | null = null;
      const endBefore = async (): Promise<boolean> => {
        const result = await before;
        before = null;
        if (result) results.push(result);
        return result?.status !== 'rejected';
      };
      while (results.length + (before ? 1 : 0) < works.length) {
        const at: number = results.length + (before ? 1 : 0);
        const { acting, work } = works[at] as Turn;
        const isOpen = Promise.all([
          begin,
          gather(client).query(`SAVEPOINT turn_${at}`),
          gather(client).query(settings, signActing(secret, acting)),
        ]);
        const turn = { isOver: false };
        const [worked] = await Promise.allSettled([work(sqlOf(client, turn)), isOpen]);
        // From here on, a statement of this turn would run in the next one's savepoint.
        turn.isOver = true;
        begin = Promise.resolve();
        const { value, written } = worked.status === 'fulfilled' ? worked.value : unwritten;
        written.catch(() => {});
        // The previous turn failed, so this one read values that are rolled back: retry it.
        if (!(await endBefore()))
          await gather(client).query(`ROLLBACK TO SAVEPOINT turn_${results.length - 1}`);
        else if (worked.status === 'fulfilled') {
          before = Promise.all([written, isOpen]).then(
            () => ({ status: 'fulfilled', value }),
            (reason: unknown) => ({ status: 'rejected', reason }),
          );
        } else {
          results.push(worked);
          await gather(client).query(`ROLLBACK TO SAVEPOINT turn_${at}`);
        }
      }
      if (!(await endBefore()))
        await gather(client).query(`ROLLBACK TO SAVEPOINT turn_${results.length - 1}`);
      await gather(client).query('COMMIT');
      return results;
    } catch (error) {
      await gather(client)
        .query('ROLLBACK')
        .catch((broken: unknown) => {
          failed = broken instanceof Error ? broken : new Error(String(broken));
        });
      throw error;
    } finally {
      client.release(failed);
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
    connections: () => ({ total: sum('totalCount'), idle: sum('idleCount'), waiting: sum('waitingCount') }),
    hasRequestLogin: async () => (await requests()).pool !== pool,
    close: async () => {
      // One that is being opened is closed, too.
      await opened?.catch(() => {});
      await Promise.all(pools().map((one) => one.end()));
    },
  };
}

const unwritten: Written<undefined> = { value: undefined, written: Promise.resolve() };

const gathered = new WeakSet<Writable>();

/** Sends the statements of one moment together: on a local connection a write for each costs more time than the statement itself. */
function gather<T extends pg.Pool | PoolClient>(client: T): T {
  if (client instanceof pg.Pool) return client;
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (!gathered.has(stream)) {
    gathered.add(stream);
    stream.cork();
    process.nextTick(() => {
      gathered.delete(stream);
      stream.uncork();
    });
  }
  return client;
}

const settings = `SELECT set_config('frames.acting', $1, true), set_config('frames.signature', $2, true),
  set_config('role', 'frames_app', true)`;

/** For whom a transaction acts, signed so that the role cannot say it of itself: see `frames_acting` of the schema. */
export function signActing(
  key: string,
  { id, role, university_id, sees }: Acting,
): [acting: string, signature: string] {
  const acting = JSON.stringify({ user: id, role, university: university_id ?? '', sees });
  return [acting, hash('sha256', key + hash('sha256', key + acting, 'hex'), 'hex')];
}

/** Names of the statements that writing the history has: the same few again and again, whose parsing and planning costs more than running them. */
const names = new Map<string, string>();
function nameOf(text: string): string {
  const name = names.get(text) ?? hash('sha1', text, 'hex');
  names.set(text, name);
  return name;
}

/** In a `turn` statements are prepared, once for each connection; none is sent once it is over. */
function sqlOf(client: pg.Pool | PoolClient, turn?: { isOver: boolean }): Sql {
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    if (turn?.isOver) throw new Error('the turn of this work is over');
    return turn
      ? gather(client).query({ name: nameOf(text), text, values: [...values] })
      : client.query(text, [...values]);
  };
  const all = async <T>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await query(text, values)).rows as T[];
  return {
    all,
    get: async <T>(text: string, values?: readonly unknown[]) => (await all<T>(text, values))[0],
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
  };
}
