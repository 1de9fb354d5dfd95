import type { ReadHandle } from './connection.ts';

/** The names of the tables; an older schema lacks newer ones. */
export const tablesIn = (db: ReadHandle): ReadonlySet<string> =>
  new Set(db.column<string>("SELECT name FROM sqlite_master WHERE type = 'table'"));
