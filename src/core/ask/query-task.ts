import { processTask } from '../kernel/processes/task.ts';

export interface SqlOrder {
  /** The question database. */
  file: string;
  sql: string;
  /** The tables that may be read. */
  tables: readonly string[];
  maxRows: number;
  /** Characters of all values together. */
  maxLength: number;
}

export type SqlValue = string | number | null;

/** A column of a result, with the column of a table that it comes from, if it does unchanged. */
export interface SqlColumn {
  name: string;
  table: string | null;
  column: string | null;
}

export type SqlResult =
  | {
      columns: SqlColumn[];
      rows: SqlValue[][];
      /** Whether there are more rows. */
      truncated: boolean;
      /** The tables that were read. */
      tables: string[];
      /** Milliseconds of the statement alone. */
      ms: number;
    }
  | { refused: SqlRefusal };

export interface SqlRefusal {
  reason: 'not_allowed' | 'second_statement' | 'syntax' | 'empty' | 'too_long' | 'missing';
  what: string | null;
}

/** Runs one statement over the question database. */
export const querySql = processTask<SqlOrder, SqlResult>('querySql');
