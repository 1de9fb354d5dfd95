import type { ReadHandle } from './connection.ts';

/** The tables of the file. One of an older schema lacks those that came later. */
export const tablesIn = (db: ReadHandle): ReadonlySet<string> =>
  new Set(db.column<string>("SELECT name FROM sqlite_master WHERE type = 'table'"));
