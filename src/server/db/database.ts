import { hash } from 'node:crypto';
import pg from 'pg';
import type { PoolClient, PoolConfig } from 'pg';
import type { Role } from '#shared/domain/vocabulary.ts';

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

export interface Database extends Sql {
  readonly pool: pg.Pool;
  /** As the owner of the tables: for what belongs to no user, as signing in. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Under row security, in the name of a user. */
  asUser<T>(user: Acting, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Several in one transaction, each in the name of its user: one that fails changes nothing, and none of the others. */
  asUsers(
    works: readonly { acting: Acting; work: (sql: Sql) => Promise<unknown> }[],
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

/** Connections to Postgres: 5 are kept, and there are never more than 20 (`most`). */
export function openDatabase(url: string, most = 20): Database {
  const pool = new pg.Pool({
    connectionString: url,
    min: 5,
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

  let key: Promise<string> | null = null;
  const readKey = (): Promise<string> => {
    key ??= sqlOf(pool)
      .get<{ key: string }>('SELECT key FROM acting_key')
      .then((row) => {
        if (!row) throw new Error('the database has no key to sign with');
        return row.key;
      })
      .catch((error: unknown) => {
        key = null;
        throw error;
      });
    return key;
  };

  async function transaction<T>(
    work: (sql: Sql) => Promise<T>,
    acting?: Acting,
    begin = 'BEGIN',
  ): Promise<T> {
    const signed = acting && signActing(await readKey(), acting);
    const client = await pool.connect();
    let failed: Error | undefined;
    try {
      await Promise.all([client.query(begin), signed && client.query(settings, signed)]);
      const result = await work(sqlOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((broken: unknown) => {
        failed = broken instanceof Error ? broken : new Error(String(broken));
      });
      throw error;
    } finally {
      client.release(failed);
    }
  }

  async function asUsers(
    works: readonly { acting: Acting; work: (sql: Sql) => Promise<unknown> }[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const secret = await readKey();
    const client = await pool.connect();
    let failed: Error | undefined;
    try {
      const results: PromiseSettledResult<unknown>[] = [];
      let isBegun: Promise<unknown> = client.query('BEGIN');
      for (const { acting, work } of works) {
        const turn = { isOver: false };
        isBegun = Promise.all([
          isBegun,
          client.query('SAVEPOINT turn'),
          client.query(settings, signActing(secret, acting)),
        ]);
        try {
          const [, value] = await Promise.all([isBegun, work(sqlOf(client, turn))]);
          turn.isOver = true;
          results.push({ status: 'fulfilled', value });
          isBegun = client.query('RELEASE SAVEPOINT turn');
        } catch (reason) {
          // What it still has under way is not to be done in the turn of another.
          turn.isOver = true;
          results.push({ status: 'rejected', reason });
          await client.query('ROLLBACK TO SAVEPOINT turn');
          isBegun = Promise.resolve();
        }
      }
      await Promise.all([isBegun, client.query('COMMIT')]);
      return results;
    } catch (error) {
      await client.query('ROLLBACK').catch((broken: unknown) => {
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
    transaction: (work) => transaction(work),
    asUser: (user, work) => transaction(work, user),
    asUsers,
    readAsUser: (user, work) => transaction(work, user, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    close: () => pool.end(),
  };
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

/** In a `turn` statements are prepared, once for each connection. */
function sqlOf(client: Pick<PoolClient, 'query'>, turn?: { isOver: boolean }): Sql {
  const query = async (text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    if (turn?.isOver) throw new Error('the turn of this work is over');
    return turn
      ? client.query({ name: nameOf(text), text, values: [...values] })
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
