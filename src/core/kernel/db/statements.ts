import type Database from 'better-sqlite3';

/** Prepared statements by their text, kept from call to call. */
export interface Statements {
  rows: (sql: string) => Database.Statement;
  /** As `rows`, for the first column of each row. */
  column: (sql: string) => Database.Statement;
  clear: () => void;
}

/** Lists that people put together have many texts: the oldest statement goes when there are more than this. */
const most = 500;

export function createStatements(raw: Database.Database): Statements {
  const whole = new Map<string, Database.Statement>();
  const first = new Map<string, Database.Statement>();
  const make = (
    cache: Map<string, Database.Statement>,
    sql: string,
    prepare: () => Database.Statement,
  ): Database.Statement => {
    const statement = prepare();
    if (cache.size >= most) cache.delete(cache.keys().next().value as string);
    cache.set(sql, statement);
    return statement;
  };
  return {
    rows: (sql) => whole.get(sql) ?? make(whole, sql, () => raw.prepare(sql)),
    column: (sql) => first.get(sql) ?? make(first, sql, () => raw.prepare(sql).pluck()),
    clear() {
      whole.clear();
      first.clear();
    },
  };
}
