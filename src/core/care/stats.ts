import type { Stats } from '#shared/contract/care.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { QueryRow } from '../kernel/db/tasks.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import type { RequestPace } from '../kernel/progress.ts';
import { runLongQueries } from '../kernel/db/long-queries.ts';
import { sizesOf } from './folder-findings.ts';

const partsQuery = `SELECT d.name, s.type, s.tbl_name, d.pgsize AS bytes, d.unused
  FROM dbstat('main', 1) d LEFT JOIN sqlite_schema s ON s.name = d.name ORDER BY d.pgsize DESC, d.name`;
const monthsQuery = `SELECT substr(created_at, 1, 7) AS month, count(*) AS transactions, sum(changes) AS changes
  FROM audit_transactions GROUP BY 1 ORDER BY 1`;
const tablesQuery = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";

const quote = (name: string, mark: '"' | "'"): string =>
  `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
const rowCountsQuery = (names: readonly string[]): string =>
  names
    .map((name) => `SELECT ${quote(name, "'")} AS name, count(*) AS n FROM ${quote(name, '"')}`)
    .join(' UNION ALL ');

/**
 * Measures what takes up space in live or a sandbox, and the growth of its log. Other calls continue meanwhile. Throws CANCELLED and
 * SQLite's errors.
 */
export async function statsOf(
  files: WorkspaceFiles,
  log: Log,
  { onProgress, signal }: RequestPace,
): Promise<Stats> {
  using db = openConnection(files.data, { mode: 'read', log, slowMs: 60_000 });
  db.exec('BEGIN');
  const names = db.column<string>(tablesQuery);
  onProgress({ kind: 'progress', step: 'reading', done: 0, total: null });
  const queries = [partsQuery, rowCountsQuery(names), monthsQuery];
  const [partRows = [], countRows = [], monthRows = []] = await runLongQueries(
    { file: files.data, db, log, signal },
    queries,
  );
  const rowsByTable = new Map(countRows.map(({ name, n }) => [String(name), Number(n)]));
  const monthSums = monthRows.map(monthOf);
  const total = (key: 'transactions' | 'changes'): number =>
    monthSums.reduce((sum, month) => sum + month[key], 0);
  return {
    ...(await sizesOf(files)),
    page_bytes: Number(db.pragma('page_size')),
    pages: Number(db.pragma('page_count')),
    free_pages: Number(db.pragma('freelist_count')),
    parts: partRows.map((row) => partOf(row, rowsByTable)),
    log: { transactions: total('transactions'), changes: total('changes') },
    months: monthSums,
  };
}

const monthOf = ({ month, transactions, changes }: QueryRow) => ({
  month: String(month),
  transactions: Number(transactions),
  changes: Number(changes),
});

function partOf(row: QueryRow, rowsByTable: ReadonlyMap<string, number>): Stats['parts'][number] {
  const name = String(row['name']);
  const kind = row['type'] === 'index' ? 'index' : 'table';
  const table = String(row['tbl_name'] ?? name);
  return {
    name,
    kind,
    table,
    rows: rowsByTable.get(name) ?? null,
    bytes: Number(row['bytes']),
    unused: Number(row['unused']),
  };
}
