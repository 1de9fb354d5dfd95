import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import type { SqlRequest, SqlRefusal, SqlResult, SqlValue } from './query-task.ts';
import { firstWord, guardStatement, isEmptySql } from './sql-guard.ts';

class StatementRefused extends Error {
  readonly refusal: SqlRefusal;

  constructor(reason: SqlRefusal['reason'], what: string | null = null) {
    super(reason);
    this.refusal = { reason, what };
  }
}

/** Limits far above the needs of a question, but low enough that a single step cannot exhaust memory. */
const limits = {
  length: 1_000_000,
  sqlLength: 100_000,
  column: 200,
  exprDepth: 200,
  compoundSelect: 50,
  vdbeOp: 100_000,
  functionArg: 100,
  attach: 0,
  likePatternLength: 500,
  variableNumber: 0,
  triggerDepth: 0,
};

/** Runs one statement. Its process is killed if it exceeds its time, memory or disk space. */
export function runSql({ file, sql, tables, maxRows, maxLength }: SqlRequest): SqlResult {
  if (!existsSync(file)) return { refused: { reason: 'missing', what: null } };
  const db = new DatabaseSync(file, { readOnly: true, allowExtension: false, timeout: 0 });
  try {
    // Temporary data beyond the memory limit goes to the folder of this process.
    db.exec(
      'PRAGMA temp_store = FILE; PRAGMA cache_size = -2000; PRAGMA mmap_size = 0; PRAGMA query_only = ON',
    );
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    const { firstDenied, usedTables } = guardStatement(db, new Set(tables));
    Object.assign(db.limits, limits);
    try {
      const statement = prepareStatement(db, sql);
      return { ...readRows(statement, maxRows, maxLength), tables: [...usedTables] };
    } catch (error) {
      if (error instanceof StatementRefused) throw error;
      const what = firstDenied()?.what;
      throw what === undefined ? toRefusal(error) : new StatementRefused('not_allowed', what);
    }
  } catch (error) {
    if (error instanceof StatementRefused) return { refused: error.refusal };
    throw error;
  } finally {
    db.close();
  }
}

/** Throws StatementRefused, and errors of SQLite. */
function prepareStatement(db: DatabaseSync, sql: string): StatementSync {
  if (sql.includes('\0') || !sql.isWellFormed()) throw new StatementRefused('syntax', 'invalid character');
  if (sql.length > limits.sqlLength) throw new StatementRefused('too_long');
  if (isEmptySql(sql)) throw new StatementRefused('empty');
  const word = firstWord(sql);
  if (!['SELECT', 'WITH', 'VALUES'].includes(word)) {
    // For text that is no statement, SQLite's own message is better.
    db.prepare(sql);
    throw new StatementRefused('not_allowed', word);
  }
  const statement = db.prepare(sql);
  // SQLite compiles one statement and silently ignores what follows.
  const { sourceSQL } = statement;
  const isSingle = sql.startsWith(sourceSQL) && isEmptySql(sql.slice(sourceSQL.length));
  if (!isSingle) throw new StatementRefused('second_statement');
  return statement;
}

function readRows(
  statement: StatementSync,
  maxRows: number,
  maxLength: number,
): Omit<Extract<SqlResult, { rows: unknown }>, 'tables'> {
  const startTime = performance.now();
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  const columns = statement.columns().map(({ name, table, column }) => ({ name, table, column }));
  const rows: SqlValue[][] = [];
  let length = 0;
  let truncated = false;
  for (const row of statement.iterate() as unknown as Iterable<SQLOutputValue[]>) {
    const values = row.map(toValue);
    length += values.reduce<number>((sum, value) => sum + String(value).length, 0);
    if (rows.length === maxRows || length > maxLength) {
      truncated = true;
      break;
    }
    rows.push(values);
  }
  return { columns, rows, truncated, ms: Math.round(performance.now() - startTime) };
}

/** Whole numbers that JavaScript cannot hold become text, and bytes hexadecimal text. */
function toValue(value: SQLOutputValue): SqlValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return value;
}

/** Primary result codes of SQLite: https://sqlite.org/rescode.html. */
const resultCodes = { error: 1, tooBig: 18, mismatch: 20, denied: 23, range: 25 } as const;
const syntaxCodes: readonly number[] = [resultCodes.error, resultCodes.mismatch, resultCodes.range];

function toRefusal(error: unknown): unknown {
  const { errcode, message } = error as { errcode?: unknown; message?: unknown };
  if (typeof errcode !== 'number') return error;
  const code = errcode & 0xff;
  if (code === resultCodes.tooBig) return new StatementRefused('too_long');
  if (code === resultCodes.denied) return new StatementRefused('not_allowed', String(message));
  return syntaxCodes.includes(code) ? new StatementRefused('syntax', String(message)) : error;
}
