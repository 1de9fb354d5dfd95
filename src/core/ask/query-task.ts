import { processTask } from '../kernel/processes/task.ts';

export interface SqlRequest {
  file: string;
  sql: string;
  tables: readonly string[];
  maxRows: number;
  /** Characters of all values together. */
  maxLength: number;
}

export type SqlValue = string | number | null;

/** A column of a result, with its source if it is a column of a table and no expression. */
export interface SqlColumn {
  name: string;
  table: string | null;
  column: string | null;
}

export type SqlResult =
  | {
      columns: SqlColumn[];
      rows: SqlValue[][];
      truncated: boolean;
      /** The tables that the statement reads. */
      tables: string[];
      /** Milliseconds of the statement alone. */
      ms: number;
    }
  | { refused: SqlRefusal };

export interface SqlRefusal {
  reason: 'not_allowed' | 'second_statement' | 'syntax' | 'empty' | 'too_long' | 'missing';
  /** The denied function, table or action, or SQLite's message; null if the reason says all. */
  what: string | null;
}

export const querySql = processTask<SqlRequest, SqlResult>('querySql');
