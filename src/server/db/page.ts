import type { Page } from '#shared/contract/server/base.ts';
import type { Sql } from './database.ts';

interface PagedQuery {
  columns: string;
  /** The tables and the condition. */
  from: string;
  /** As `from`, without what adds to each row and leaves none out; `from` itself unless given. */
  counted?: string;
  /** What is sorted by, and what tells equal ones apart. */
  by: string;
  id?: string;
  order: 'asc' | 'desc';
  values: readonly unknown[];
}

/** One page of a query, and how many rows there are in all. */
export async function pageFrom<T>(
  sql: Sql,
  { page, page_size }: { page: number; page_size: number },
  { columns, from, counted = from, by, id, order, values }: PagedQuery,
): Promise<Page<T>> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const sorted = [by, ...(id === undefined ? [] : [id])].map((one) => `${one} ${direction}`).join(', ');
  const [limit, offset] = [values.length + 1, values.length + 2];
  const data = await sql.all<T>(
    `SELECT ${columns} FROM ${from} ORDER BY ${sorted} LIMIT $${limit} OFFSET $${offset}`,
    [...values, page_size, (page - 1) * page_size],
  );
  const count = await sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${counted}`, values);
  const total_count = count?.n ?? 0;
  return { data, meta: { page, page_size, total_count, total_pages: Math.ceil(total_count / page_size) } };
}
