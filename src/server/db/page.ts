import type { Page } from '#shared/contract/server/base.ts';
import type { Sql } from './database.ts';

interface PagedQuery {
  columns: string;
  /** FROM and WHERE clause. */
  from: string;
  /** Like `from`, with joins that only the rows need and the count does not. */
  rowsFrom?: string;
  /** The sort column; `id` breaks ties. */
  sortColumn: string;
  id?: string;
  order: 'asc' | 'desc';
  values: readonly unknown[];
}

/** Reads one page of a query and the total number of rows. */
export async function pageFrom<T>(
  sql: Sql,
  { page, page_size }: { page: number; page_size: number },
  { columns, from, rowsFrom = from, sortColumn, id, order, values }: PagedQuery,
): Promise<Page<T>> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const orderBy = [sortColumn, ...(id === undefined ? [] : [id])]
    .map((column) => `${column} ${direction}`)
    .join(', ');
  const [limit, offset] = [values.length + 1, values.length + 2];
  const data = await sql.all<T>(
    `SELECT ${columns} FROM ${rowsFrom} ORDER BY ${orderBy} LIMIT $${limit} OFFSET $${offset}`,
    [...values, page_size, (page - 1) * page_size],
  );
  const count = await sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, values);
  const total_count = count?.n ?? 0;
  return { data, meta: { page, page_size, total_count, total_pages: Math.ceil(total_count / page_size) } };
}
