import type { ReadHandle } from './connection.ts';

/** An older schema lacks newer tables. */
export const tablesIn = (db: ReadHandle): ReadonlySet<string> =>
  new Set(db.column<string>("SELECT name FROM sqlite_master WHERE type = 'table'"));
