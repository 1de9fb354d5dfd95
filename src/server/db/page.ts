import type { Page } from '#shared/contract/server/base.ts';
import type { Sql } from './database.ts';

interface PagedQuery {
  columns: string;
  /** FROM and WHERE clause. */
  from: string;
  /** Like `from`, with joins that only the rows need and the count does not. */
  rows?: string;
  /** Sort key; the id breaks ties. */
  by: string;
  id?: string;
  order: 'asc' | 'desc';
  values: readonly unknown[];
}

/** Reads one page of a query and the total number of rows. */
export async function pageFrom<T>(
  sql: Sql,
  { page, page_size }: { page: number; page_size: number },
  { columns, from, rows = from, by, id, order, values }: PagedQuery,
): Promise<Page<T>> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const orderBy = [by, ...(id === undefined ? [] : [id])]
    .map((column) => `${column} ${direction}`)
    .join(', ');
  const [limit, offset] = [values.length + 1, values.length + 2];
  const data = await sql.all<T>(
    `SELECT ${columns} FROM ${rows} ORDER BY ${orderBy} LIMIT $${limit} OFFSET $${offset}`,
    [...values, page_size, (page - 1) * page_size],
  );
  const count = await sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, values);
  const total_count = count?.n ?? 0;
  return { data, meta: { page, page_size, total_count, total_pages: Math.ceil(total_count / page_size) } };
}
