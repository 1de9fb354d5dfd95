import type Database from 'better-sqlite3';

export interface Statements {
  rows: (sql: string) => Database.Statement;
  /** Returns only the first column of each row. */
  column: (sql: string) => Database.Statement;
  clear: () => void;
}

/** User-defined lists produce many SQL texts, so the oldest statement is evicted above this number. */
const maxStatements = 500;

export function createStatements(raw: Database.Database): Statements {
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
