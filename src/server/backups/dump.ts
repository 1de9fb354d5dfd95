import type { Database, Sql } from '../db/database.ts';
import { readServer } from '../sync/postgres-storage.ts';
import type { ManifestFacts } from './manifest.ts';
import { readFilesReport } from '../files/store.ts';
import { contentTables, exactTextSettings, quoteName, readTableShapes } from './tables.ts';
import type { TableShape } from './tables.ts';

/** A part of a file has 4 MB, and twice as much as text. */
const rowsPerFetchOf = (table: string): number => (table === 'file_contents' ? 1 : 500);

export interface TableLine {
  table: string;
  columns: string[];
}

/** The content of a backup, from one snapshot of the database. */
export interface Snapshot {
  facts: Pick<ManifestFacts, 'schema' | 'server' | 'counts' | 'records' | 'files'>;
  lines: AsyncGenerator<string, void, void>;
}

/** Reads all tables in one snapshot without blocking writers. Yields a line per table and row, values as Postgres text. */
export function withSnapshot<T>(
  database: Database,
  onRows: (count: number) => void,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  return database.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await sql.run(exactTextSettings);
    const tables = await readTableShapes(sql);
    return work({ facts: await readFacts(sql, tables), lines: dumpLines(sql, tables, onRows) });
  });
}

async function readFacts(sql: Sql, tables: readonly TableShape[]): Promise<Snapshot['facts']> {
  const { server_id, generation, lineage, head_seq, head_hash } = await readServer(sql);
  const version = await sql.get<{ schema: number }>('SELECT max(version) AS schema FROM schema_versions');
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const row = await sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${quoteName(name)}`);
    counts[name] = row?.n ?? 0;
  }
  const records = await sql.get<{ n: number }>('SELECT count AS n FROM record_digest');
  return {
    schema: version?.schema ?? 0,
    server: { server_id, generation, lineage, head_seq, head_hash },
    counts,
    records: records?.n ?? 0,
    ...(tables.some(({ name }) => contentTables.includes(name)) && { files: await readFileCounts(sql) }),
  };
}

async function readFileCounts(sql: Sql): Promise<NonNullable<ManifestFacts['files']>> {
  const { count, bytes, problems } = await readFilesReport(sql);
  return { count, bytes, lacking: problems.length };
}

async function* dumpLines(
  sql: Sql,
  tables: readonly TableShape[],
  onRows: (count: number) => void,
): AsyncGenerator<string, void, void> {
  for (const { name, columns } of tables) {
    const tableLine: TableLine = { table: name, columns: columns.map((column) => column.name) };
    yield JSON.stringify(tableLine);
    // SQL null becomes null, JSON null the text "null".
    const values = columns.map((column) => `${quoteName(column.name)}::text`).join(', ');
    await sql.run(
      `DECLARE backup_rows NO SCROLL CURSOR FOR SELECT json_build_array(${values})::text AS line FROM ${quoteName(name)}`,
    );
    const rowsPerFetch = rowsPerFetchOf(name);
    for (;;) {
      const rows = await sql.all<{ line: string }>(`FETCH ${rowsPerFetch} FROM backup_rows`);
      for (const row of rows) yield row.line;
      onRows(rows.length);
      if (rows.length < rowsPerFetch) break;
    }
    await sql.run('CLOSE backup_rows');
  }
}
