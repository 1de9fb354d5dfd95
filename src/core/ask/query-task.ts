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

/** A column of a result, with its source column if its values are unchanged. */
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
      tables: string[];
      /** Milliseconds of the statement alone. */
      ms: number;
    }
  | { refused: SqlRefusal };

export interface SqlRefusal {
  reason: 'not_allowed' | 'second_statement' | 'syntax' | 'empty' | 'too_long' | 'missing';
  what: string | null;
}

export const querySql = processTask<SqlRequest, SqlResult>('querySql');
