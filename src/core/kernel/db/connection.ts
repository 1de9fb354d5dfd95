import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Compilable } from 'kysely';
import type { Log } from '../logger.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { CachedSqliteDialect } from './dialect.ts';
import { eachFrom, from } from './error-origin.ts';
import { addOwnFunctions } from './sql-functions.ts';
import type { Schema } from './schema.ts';
import { createStatements } from './statements.ts';

export type Parameter = string | number | bigint | Buffer | null;
/** Values for `?` in their order, or by name for `:name`, which may stand in a statement more than once. */
export type Parameters = readonly Parameter[] | Readonly<Record<string, Parameter>>;

/** What a query gets: it can read and nothing else. The file is opened read-only besides. */
export interface ReadHandle {
  /** Builds queries; they are run by `rows` and `first`, at once and in this thread. */
  readonly build: Kysely<Schema>;
  all<R>(sql: string, parameters?: Parameters): R[];
  get<R>(sql: string, parameters?: Parameters): R | undefined;
  column<V>(sql: string, parameters?: Parameters): V[];
  iterate<R>(sql: string, parameters?: Parameters): IterableIterator<R>;
  rows<R>(query: Compilable<R>): R[];
  first<R>(query: Compilable<R>): R | undefined;
}

declare const writable: unique symbol;
/** What a command gets inside its transaction. Only the write queue makes one. */
export interface WriteHandle extends ReadHandle {
  readonly [writable]: true;
  /** As the others; many rows in one statement share what is `:named` and bring the rest as a list. Returns rows changed. */
  run(sql: string, parameters?: Parameters, shared?: Readonly<Record<string, Parameter>>): number;
}

export interface Connection extends ReadHandle {
  exec(sql: string): void;
  pragma(text: string): unknown;
  readonly raw: Database.Database;
  readonly write: WriteHandle;
  close(): void;
}

export interface ConnectionOptions {
  mode: 'read' | 'write';
  log: Log;
  /** A statement that takes longer, in milliseconds, is logged with its text (never its values). */
  slow?: number;
  fileMustExist?: boolean;
}

/**
 * How long a statement waits for another process that opens, closes or recovers the file just then, in milliseconds: a few at
 * most as a rule. Waiting to write is another matter and the write queue's.
 */
const patience = 5000;

/** Opens a SQLite file with the settings that every file of ours has. Throws what better-sqlite3 throws, and WORKSPACE for what is no regular file. */
export function openConnection(file: string, options: ConnectionOptions): Connection {
  if (file !== ':memory:') refuseIrregularDatabase(file);
  const raw = new Database(file, {
    readonly: options.mode === 'read',
    fileMustExist: options.fileMustExist ?? true,
    timeout: patience,
  });
  try {
    raw.pragma('foreign_keys = ON');
    raw.pragma('temp_store = MEMORY');
    raw.pragma('synchronous = FULL');
    raw.pragma('cache_size = -65536');
    if (options.mode === 'read') raw.pragma('query_only = ON');
    addOwnFunctions(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
  return wrap(raw, options);
}

function wrap(raw: Database.Database, options: ConnectionOptions): Connection {
  const prepare = createStatements(raw);
  const slow = options.slow ?? 50;
  const file = raw.name;
  // The wall clock, because reading the precise one would cost a point read two per cent; set forward, it logs one statement too many.
  const told = <R>(sql: string, work: () => R): R => {
    const start = Date.now();
    const result = from(file, work);
    const took = Date.now() - start;
    if (took > slow) options.log.warn({ sql, ms: Math.round(took) }, 'slow statement');
    return result;
  };
  const none: Parameters = [];
  const reading = {
    all: <R>(sql: string, parameters = none) => told(sql, () => prepare.rows(sql).all(parameters) as R[]),
    get: <R>(sql: string, parameters = none) =>
      told(sql, () => prepare.rows(sql).get(parameters) as R | undefined),
    column: <V>(sql: string, parameters = none) =>
      told(sql, () => prepare.column(sql).all(parameters) as V[]),
    iterate: <R>(sql: string, parameters = none) =>
      eachFrom(
        file,
        from(file, () => raw.prepare(sql).iterate(parameters) as IterableIterator<R>),
      ),
    rows: <R>(query: Compilable<R>) => {
      const compiled = query.compile();
      return reading.all<R>(compiled.sql, compiled.parameters as Parameter[]);
    },
    first: <R>(query: Compilable<R>) => {
      const compiled = query.compile();
      return reading.get<R>(compiled.sql, compiled.parameters as Parameter[]);
    },
  };
  const build = new Kysely<Schema>({ dialect: new CachedSqliteDialect(raw, prepare.rows) });
  const write = {
    ...reading,
    build,
    run: (sql: string, parameters = none, shared?: Readonly<Record<string, Parameter>>) => {
      const ran = (): number => {
        const statement = prepare.rows(sql);
        return (shared ? statement.run(shared, parameters) : statement.run(parameters)).changes;
      };
      return told(sql, ran);
    },
  } as unknown as WriteHandle;
  return {
    ...reading,
    build,
    raw,
    write,
    exec: (sql) => void from(file, () => raw.exec(sql)),
    pragma: (text) => from(file, () => raw.pragma(text, { simple: true })),
    close: () => {
      prepare.clear();
      raw.close();
    },
  };
}
