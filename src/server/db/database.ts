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

  async function transaction<T>(
    work: (sql: Sql) => Promise<T>,
    acting?: Acting,
    begin = 'BEGIN',
  ): Promise<T> {
    const client = await pool.connect();
    let failed: Error | undefined;
    try {
      await Promise.all([client.query(begin), acting && actAs(client, acting)]);
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

  return {
    pool,
    ...sqlOf(pool),
    transaction: (work) => transaction(work),
    asUser: (user, work) => transaction(work, user),
    readAsUser: (user, work) => transaction(work, user, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    close: () => pool.end(),
  };
}

const settings = `SELECT set_config('frames.user', $1, true), set_config('frames.role', $2, true),
  set_config('frames.university', $3, true), set_config('frames.sees', $4, true), set_config('role', 'frames_app', true)`;

async function actAs(client: PoolClient, { id, role, university_id, sees }: Acting): Promise<void> {
  await client.query(settings, [id, role, university_id ?? '', sees]);
}

function sqlOf(client: Pick<PoolClient, 'query'>): Sql {
  const all = async <T>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await client.query(text, [...values])).rows as T[];
  return {
    all,
    get: async <T>(text: string, values?: readonly unknown[]) => (await all<T>(text, values))[0],
    run: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
  };
}
