import type { Parameter, ReadHandle } from '../kernel/db/connection.ts';

const pageSize = 1000;

/** Reads rows of one table page by page in the order of rowids. `select` has `rowid AS row` and ends with a condition. */
export function* readPages<R>(
  db: ReadHandle,
  select: string,
  parameters: Readonly<Record<string, Parameter>> = {},
): Generator<(R & { row: number })[], void, void> {
  const sql = `${select} AND rowid > :after ORDER BY rowid LIMIT ${pageSize}`;
  for (let after = -1; ;) {
    const rows = db.all<R & { row: number }>(sql, { ...parameters, after });
    yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.row ?? after;
  }
}
