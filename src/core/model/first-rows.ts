import type { Sort } from '#shared/contract/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visible } from '../kernel/db/schema.ts';
import { compareCells, sortCell } from './columns/cell.ts';
import type { Cell } from './columns/cell.ts';
import { orderExpression, sortTerm } from './filters.ts';

/** Orders that an index of the table answers at once, so that the first rows cost no more than themselves. */
const indexed: ReadonlySet<string> = new Set(['name', 'factor_name', 'terms_remaining', 'energy_loss']);

/** With more names than this that are not of A to Z alone, ordering all records costs no more. */
const mostOthers = 5000;

interface Named {
  row: number;
  name: Cell;
}

/** The row numbers of the first live records of a type in an order; null where no index has it. */
export function firstRows(
  db: ReadHandle,
  type: EntityType,
  sorts: readonly Sort[],
  limit: number,
): number[] | null {
  const [sort, ...more] = sorts;
  if (!sort || more.length > 0 || !indexed.has(sort.field)) return null;
  if (sortTerm(type, sort.field).expression === 'r.name') return firstByName(db, type, sort.direction, limit);
  const first = `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${visible('r')}
    ORDER BY ${orderExpression(type, sorts)} LIMIT ?`;
  return db.column<number>(first, [limit]);
}

/**
 * The index knows the letters A to Z without their case, which is how `sortKey` orders names of such letters. The others, which have as
 * many bytes as letters and more, are found in it, and come among the first of these where they belong.
 */
function firstByName(
  db: ReadHandle,
  type: EntityType,
  direction: Sort['direction'],
  limit: number,
): number[] | null {
  const way = direction === 'desc' ? 'DESC' : 'ASC';
  const some = (are: 'IS' | 'IS NOT', most: number): Named[] =>
    db.all<Named>(
      `SELECT r.rowid AS row, r.name FROM ${tableOf[type]} r WHERE ${visible('r')}
        AND length(r.name) ${are} length(CAST(r.name AS BLOB))
        ORDER BY r.name COLLATE NOCASE ${way}, r.rowid ${way} LIMIT ?`,
      [most],
    );
  const others = some('IS NOT', mostOthers + 1);
  if (others.length > mostOthers) return null;
  const sign = direction === 'desc' ? -1 : 1;
  return [...some('IS', limit), ...others]
    .map(({ row, name }) => ({ row, key: sortCell(name) }))
    .sort((a, b) => sign * (compareCells(a.key, b.key) || a.row - b.row))
    .slice(0, limit)
    .map(({ row }) => row);
}
