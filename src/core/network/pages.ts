import type { Connection } from '../kernel/db/connection.ts';

/** Rows read at once, which takes some milliseconds. */
const pageSize = 2000;

interface PageQuery {
  select: string;
  table: string;
  condition: string;
  values?: readonly string[];
}

/** Rows of a table (as `r`) in pages, in file order, each as a list of its selected values. `values` are those of the condition. */
export function* pagesOf(
  db: Connection,
  { select, table, condition, values = [] }: PageQuery,
): Generator<unknown[][], void, void> {
  const statement = db.raw
    .prepare(
      `SELECT r.rowid, ${select} FROM ${table} r WHERE ${condition} AND r.rowid > ? ORDER BY r.rowid LIMIT ${pageSize}`,
    )
    .raw(true);
  for (let lastRowid = -1; ;) {
    const rows = statement.all(...values, lastRowid) as unknown[][];
    yield rows.map(([, ...columns]) => columns);
    if (rows.length < pageSize) return;
    lastRowid = rows.at(-1)?.[0] as number;
  }
}

export function* itemPages<T>(items: readonly T[]): Generator<readonly T[], void, void> {
  for (let start = 0; start < items.length; start += pageSize) yield items.slice(start, start + pageSize);
}
