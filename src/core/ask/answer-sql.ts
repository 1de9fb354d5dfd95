import { Fault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';
import type { SqlAnswer } from '#shared/contract/ask.ts';
import { ProcessFailure, runInProcess } from '../kernel/processes/run-in-process.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { readNames } from '../model/names.ts';
import type { Services } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { querySql } from './query-task.ts';
import type { SqlColumn, SqlResult, SqlValue } from './query-task.ts';
import { questionDatabase } from './question-database.ts';
import { questionTables } from './question-schema.ts';

/** A chart with more bars is hard to read. */
const maxBars = 30;

/** A chart needs a column of names and one of numbers; id columns only serve links. */
function chartOf(columns: readonly { name: string }[], rows: readonly SqlValue[][]): SqlAnswer['chart'] {
  if (rows.length < 2 || rows.length > maxBars) return null;
  const valueColumns = columns.flatMap(({ name }, index) =>
    name === 'id' || name.endsWith('_id') ? [] : [index],
  );
  const hasType = (type: 'string' | 'number') => (index: number) =>
    rows.every((row) => row[index] === null || typeof row[index] === type) &&
    rows.some((row) => row[index] !== null);
  const [labelColumns, numberColumns] = [
    valueColumns.filter(hasType('string')),
    valueColumns.filter(hasType('number')),
  ];
  const [label] = labelColumns;
  const [value] = numberColumns;
  const isChart = labelColumns.length === 1 && numberColumns.length === 1 && valueColumns.length === 2;
  return isChart && label !== undefined && value !== undefined ? { kind: 'bar', label, value } : null;
}

function sentenceOf(rows: readonly SqlValue[][], truncated: boolean, tables: readonly string[]): string {
  const fromText = tables.length === 0 ? '' : ` from ${tables.join(', ')}`;
  if (rows.length === 0) return `Nothing found${fromText}.`;
  const [firstRow = []] = rows;
  if (rows.length === 1 && firstRow.length === 1) return `The value${fromText} is ${String(firstRow[0])}.`;
  const count = `${rows.length} row${rows.length === 1 ? '' : 's'}${fromText}`;
  return truncated ? `The first ${count}; there are more.` : `${count}.`;
}

/** Milliseconds of the statement; some 2 s with the start of the process. */
const maxStatementMs = 1600;
/** Memory is polled, so the process can exceed this briefly: it stays below 150 MB. */
const maxMemoryBytes = 140 * 1024 * 1024;
const maxDiskBytes = 200 * 1024 * 1024;
const maxRows = 1000;
const maxLength = 1_000_000;
const maxAttempts = 3;

type ResultRows = Extract<SqlResult, { rows: unknown }>;

/** Runs a statement over the question database. Throws SQL, and the signal's reason. */
export async function answerSql(
  services: Pick<Services, 'files' | 'read' | 'log'>,
  sql: string,
  signal?: AbortSignal,
): Promise<SqlAnswer> {
  const result = await runStatement(services, sql, signal);
  const ids = result.rows.map((row) => idsIn(result.columns, row));
  const links = recordLinks(services.read, new Set(ids.flat()));
  const records = ids.map((rowIds) => rowIds.flatMap((id) => links.get(id) ?? []));
  const { columns, rows, truncated, ms, tables } = result;
  return {
    sql,
    columns: columns.map(({ name }) => ({ name })),
    rows,
    records,
    truncated,
    ms,
    tables,
    chart: truncated ? null : chartOf(columns, rows),
    sentence: sentenceOf(rows, truncated, tables),
  };
}

async function runStatement(
  services: Pick<Services, 'files' | 'read' | 'log'>,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<ResultRows> {
  const tables = questionTables.map(({ name }) => name);
  // Another process can have removed the file when it built one for its own commit.
  for (let attempt = 1; ; attempt += 1) {
    const file = await questionDatabase(services, signal);
    const result = await runLimited({ file, sql, tables, maxRows, maxLength }, signal);
    if (!('refused' in result)) return result;
    const { reason, what } = result.refused;
    if (reason !== 'missing') throw sqlFault(reason, what);
    if (attempt === maxAttempts) throw sqlFault('failed', null);
  }
}

async function runLimited(
  request: Parameters<typeof runInProcess<NonNullable<(typeof querySql)['input']>, SqlResult>>[1],
  signal: AbortSignal | undefined,
): Promise<SqlResult> {
  try {
    return await runInProcess(querySql, request, {
      timeoutMs: maxStatementMs,
      maxBytes: maxMemoryBytes,
      maxDiskBytes,
      signal,
    });
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    if (error.fault === 'timeout') throw sqlFault('too_slow', null, maxStatementMs);
    if (error.fault === 'memory') throw sqlFault('too_much_memory', null, maxMemoryBytes);
    if (error.fault === 'disk') throw sqlFault('too_much_memory', null, maxDiskBytes);
    throw sqlFault('failed', error.message);
  }
}

const sqlFault = (
  reason: FaultData<'SQL'>['reason'],
  what: string | null,
  limit: number | null = null,
): Fault => new Fault('SQL', { reason, what, limit });

type RecordLink = SqlAnswer['records'][number][number];

/** The type and title of records by id, without deleted and hidden ones. */
function recordLinks(read: ReadHandle, ids: ReadonlySet<string>): Map<string, RecordLink> {
  const links = new Map<string, RecordLink>();
  for (const { id, type, title, deleted } of readNames(read, ids).values()) {
    if (deleted) continue;
    const interfaceRecord = type === 'interface' ? locateIn(read, type, id) : undefined;
    links.set(id, {
      id,
      type,
      title: interfaceRecord ? readTitle(read, type, interfaceRecord.payload) : title,
    });
  }
  return links;
}

const idColumns = new Set(
  questionTables.flatMap(({ name, columns }) =>
    columns.filter(({ refers }) => refers !== undefined).map((column) => `${name}.${column.name}`),
  ),
);

function idsIn(columns: readonly SqlColumn[], row: readonly SqlValue[]): string[] {
  const ids = row.filter((value, index): value is string => {
    const { table, column, name } = columns[index] as SqlColumn;
    if (typeof value !== 'string') return false;
    return table === null ? name === 'id' || name.endsWith('_id') : idColumns.has(`${table}.${column ?? ''}`);
  });
  return [...new Set(ids)];
}
