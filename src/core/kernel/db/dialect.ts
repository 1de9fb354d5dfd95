import type Database from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, DatabaseIntrospector, Dialect, Driver, Kysely, QueryResult } from 'kysely';

type Prepare = (sql: string) => Database.Statement;

/** Kysely over one better-sqlite3 connection with cached prepared statements; the stock driver prepares each query again. */
export class CachedSqliteDialect implements Dialect {
  readonly #connection: CachedConnection;

  constructor(raw: Database.Database, prepare: Prepare) {
    this.#connection = new CachedConnection(raw, prepare);
  }

  createDriver(): Driver {
    return new CachedDriver(this.#connection);
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class CachedConnection implements DatabaseConnection {
  readonly #raw: Database.Database;
  readonly #prepare: Prepare;

  constructor(raw: Database.Database, prepare: Prepare) {
    this.#raw = raw;
    this.#prepare = prepare;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // A schema change makes cached statements prepare themselves again, so statements that change it are not cached.
    const changesSchema = /^\s*(create|drop|alter)\b/i.test(query.sql);
    const statement = changesSchema ? this.#raw.prepare(query.sql) : this.#prepare(query.sql);
    if (statement.reader) return Promise.resolve({ rows: statement.all(...query.parameters) as R[] });
    const { changes } = statement.run(...query.parameters);
    return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) });
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#raw.prepare(query.sql).iterate(...query.parameters)) yield { rows: [row as R] };
  }
}

class CachedDriver implements Driver {
  readonly #connection: CachedConnection;

  constructor(connection: CachedConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}
