import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Compilable } from 'kysely';
import type { Log } from '../logger.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { CachedSqliteDialect } from './dialect.ts';
import { iterateWithErrorOrigin, withErrorOrigin } from './error-origin.ts';
import { addSqlFunctions } from './sql-functions.ts';
import type { Schema } from './schema.ts';

export type Parameter = string | number | bigint | Buffer | null;
/** Positional values for `?`, or named values for `:name`, which a statement can repeat. */
export type Parameters = readonly Parameter[] | Readonly<Record<string, Parameter>>;

/** Read access for queries. The file is also opened read-only. */
export interface ReadHandle {
  /** Builds queries; `rows` and `first` run them synchronously. */
  readonly build: Kysely<Schema>;
  all<R>(sql: string, parameters?: Parameters): R[];
  get<R>(sql: string, parameters?: Parameters): R | undefined;
  column<V>(sql: string, parameters?: Parameters): V[];
  iterate<R>(sql: string, parameters?: Parameters): IterableIterator<R>;
  rows<R>(query: Compilable<R>): R[];
  first<R>(query: Compilable<R>): R | undefined;
}

declare const writable: unique symbol;
/** Write access inside a transaction. A command gets it from the write queue only. */
export interface WriteHandle extends ReadHandle {
  readonly [writable]: true;
  /** Returns the number of changed rows. A statement that writes many rows takes common values from `shared` as `:name`, the others by position. */
  run(sql: string, parameters?: Parameters, shared?: Readonly<Record<string, Parameter>>): number;
}

export interface Connection extends ReadHandle, Disposable {
  exec(sql: string): void;
  pragma(text: string): unknown;
  readonly raw: Database.Database;
  readonly write: WriteHandle;
  close(): void;
}

export interface ConnectionOptions {
  mode: 'read' | 'write';
  log: Log;
  /** Statements slower than this many milliseconds are logged with their text, never their values. */
  slowMs?: number;
  fileMustExist?: boolean;
}

/** How long a statement waits while another process opens, closes or recovers the file. */
const busyTimeoutMs = 5000;

/** Opens a SQLite file or a serialized database with the shared settings. Throws SQLite's errors, and WORKSPACE for an irregular file. */
export function openConnection(file: string | Buffer, options: ConnectionOptions): Connection {
  if (typeof file === 'string' && file !== ':memory:') refuseIrregularDatabase(file);
  const raw = new Database(file, {
    readonly: options.mode === 'read',
    fileMustExist: options.fileMustExist ?? true,
    timeout: busyTimeoutMs,
  });
  try {
    raw.pragma('foreign_keys = ON');
    raw.pragma('temp_store = MEMORY');
    raw.pragma('synchronous = FULL');
    raw.pragma('cache_size = -65536');
    if (options.mode === 'read') raw.pragma('query_only = ON');
    addSqlFunctions(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
  return createConnection(raw, options);
}

function createConnection(raw: Database.Database, options: ConnectionOptions): Connection {
  const prepare = createStatements(raw);
  const slowMs = options.slowMs ?? 50;
  const file = raw.name;
  // The precise clock would make a point read two per cent slower. A jump of the wall clock only logs one statement too many.
  const runLogged = <R>(sql: string, work: () => R): R => {
    const start = Date.now();
    const result = withErrorOrigin(file, work);
    const elapsed = Date.now() - start;
    if (elapsed > slowMs) options.log.warn({ sql, ms: Math.round(elapsed) }, 'slow statement');
    return result;
  };
  const noParameters: Parameters = [];
  const readMethods = {
    all: <R>(sql: string, parameters = noParameters) =>
      runLogged(sql, () => prepare.rows(sql).all(parameters) as R[]),
    get: <R>(sql: string, parameters = noParameters) =>
      runLogged(sql, () => prepare.rows(sql).get(parameters) as R | undefined),
    column: <V>(sql: string, parameters = noParameters) =>
      runLogged(sql, () => prepare.column(sql).all(parameters) as V[]),
    iterate: <R>(sql: string, parameters = noParameters) =>
      iterateWithErrorOrigin(
        file,
        withErrorOrigin(file, () => raw.prepare(sql).iterate(parameters) as IterableIterator<R>),
      ),
    rows: <R>(query: Compilable<R>) => {
      const compiled = query.compile();
      return readMethods.all<R>(compiled.sql, compiled.parameters as Parameter[]);
    },
    first: <R>(query: Compilable<R>) => {
      const compiled = query.compile();
      return readMethods.get<R>(compiled.sql, compiled.parameters as Parameter[]);
    },
  };
  const build = new Kysely<Schema>({ dialect: new CachedSqliteDialect(raw, prepare.rows) });
  const write = {
    ...readMethods,
    build,
    run: (sql: string, parameters = noParameters, shared?: Readonly<Record<string, Parameter>>) => {
      const runStatement = (): number => {
        const statement = prepare.rows(sql);
        return (shared ? statement.run(shared, parameters) : statement.run(parameters)).changes;
      };
      return runLogged(sql, runStatement);
    },
  } as unknown as WriteHandle;
  const close = (): void => {
    prepare.clear();
    raw.close();
  };
  return {
    ...readMethods,
    build,
    raw,
    write,
    exec: (sql) => void withErrorOrigin(file, () => raw.exec(sql)),
    pragma: (text) => withErrorOrigin(file, () => raw.pragma(text, { simple: true })),
    close,
    [Symbol.dispose]: close,
  };
}

interface Statements {
  rows: (sql: string) => Database.Statement;
  /** Returns only the first column of each row. */
  column: (sql: string) => Database.Statement;
  clear: () => void;
}

/** User-defined lists produce many SQL texts, so the oldest statement is evicted above this number. */
const maxStatements = 500;

function createStatements(raw: Database.Database): Statements {
  const rowStatements = new Map<string, Database.Statement>();
  const columnStatements = new Map<string, Database.Statement>();
  const prepareCached = (
    cache: Map<string, Database.Statement>,
    sql: string,
    prepare: () => Database.Statement,
  ): Database.Statement => {
    const statement = prepare();
    if (cache.size >= maxStatements) cache.delete(cache.keys().next().value as string);
    cache.set(sql, statement);
    return statement;
  };
  return {
    rows: (sql) => rowStatements.get(sql) ?? prepareCached(rowStatements, sql, () => raw.prepare(sql)),
    column: (sql) =>
      columnStatements.get(sql) ?? prepareCached(columnStatements, sql, () => raw.prepare(sql).pluck()),
    clear() {
      rowStatements.clear();
      columnStatements.clear();
    },
  };
}
