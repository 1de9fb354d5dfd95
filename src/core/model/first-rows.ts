import type { Sort } from '#shared/contract/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { compareCells, sortCell } from './columns/cell.ts';
import type { Cell } from './columns/cell.ts';
import { orderExpression, sortTerm } from './filters.ts';

/** Orders that an index of the table answers directly. */
const indexedFields: ReadonlySet<string> = new Set(['name', 'factor_name', 'terms_remaining', 'energy_loss']);

/** With more names than this outside of A to Z, sorting all records costs no more. */
const mostOthers = 5000;

interface Named {
  row: number;
  name: Cell;
}

interface Numbered extends Named {
  number: number;
}

/** The row numbers of the first live records of a type in an order; null if no index has this order. */
export function firstRows(
  db: ReadHandle,
  type: EntityType,
  sorts: readonly Sort[],
  limit: number,
): number[] | null {
  const [sort, ...more] = sorts;
  if (!sort || more.length > 0 || !indexedFields.has(sort.field)) return null;
  if (sortTerm(type, sort.field).expression === 'r.name') return firstByName(db, type, sort.direction, limit);
  const first = `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${visibleCondition('r')}
    ORDER BY ${orderExpression(type, sorts)} LIMIT ?`;
  return db.column<number>(first, [limit]);
}

interface ByName {
  db: ReadHandle;
  type: EntityType;
  descending: boolean;
}

const ascii = 'length(r.name) IS length(CAST(r.name AS BLOB))';
const between = 'r.name COLLATE NOCASE >= ? AND r.name COLLATE NOCASE < ?';

function inOrder(named: readonly Named[], { descending }: ByName): Named[] {
  const sign = descending ? -1 : 1;
  return named
    .map((one) => ({ ...one, key: sortCell(one.name) }))
    .sort((a, b) => sign * (compareCells(a.key, b.key) || a.row - b.row));
}

/** The index sorts ASCII names like `sortKey` except for numbers, so names that agree up to a digit are sorted here. */
function firstByName(
  db: ReadHandle,
  type: EntityType,
  direction: Sort['direction'],
  limit: number,
): number[] | null {
  const list = { db, type, descending: direction === 'desc' };
  const others = indexed(list, `NOT (${ascii})`, [], mostOthers + 1);
  if (others.length > mostOthers) return null;
  const found: Named[] = [];
  let from: string[] = [];
  while (found.length < limit) {
    const after = from.length === 0 ? '' : `AND r.name COLLATE NOCASE ${list.descending ? '<' : '>='} ?`;
    const next = indexed(list, `${ascii} ${after}`, from, limit - found.length);
    const at = next.findIndex(({ name }) => /\d/.test(String(name)));
    found.push(...(at < 0 ? next : next.slice(0, at)));
    if (at < 0) break;
    const prefix = /^\D*/.exec(String(next[at]?.name))?.[0] ?? '';
    found.push(...numbered(list, prefix, limit - found.length));
    from = [`${prefix}${list.descending ? '0' : ':'}`];
  }
  return inOrder([...found.slice(0, limit), ...others], list)
    .slice(0, limit)
    .map(({ row }) => row);
}

function indexed({ db, type, descending }: ByName, where: string, bound: string[], limit: number): Named[] {
  const way = descending ? 'DESC' : 'ASC';
  return db.all<Named>(
    `SELECT r.rowid AS row, r.name FROM ${tableOf[type]} r WHERE ${visibleCondition('r')} AND ${where}
      ORDER BY r.name COLLATE NOCASE ${way}, r.rowid ${way} LIMIT ?`,
    [...bound, limit],
  );
}

/** The first names with a digit right after the prefix; one more than `limit` if there are many. */
function numbered(list: ByName, prefix: string, limit: number): Named[] {
  const { db, type, descending } = list;
  const number = `CAST(substr(r.name, ${prefix.length + 1}) AS INTEGER)`;
  const group = `SELECT r.rowid AS row, r.name, ${number} AS number FROM ${tableOf[type]} r
    WHERE ${visibleCondition('r')} AND ${ascii} AND ${between}`;
  // ":" comes right after "9".
  const bounds = [`${prefix}0`, `${prefix}:`];
  const first = db.all<Numbered>(`${group} ORDER BY number ${descending ? 'DESC' : 'ASC'} LIMIT ?`, [
    ...bounds,
    limit + 1,
  ]);
  const [last, more] = [first[limit - 1]?.number, first[limit]?.number];
  if (last === undefined || last !== more) return inOrder(first, list);
  // The number alone is not a full order: all names that share the last number are compared.
  const sharing = db.all<Numbered>(`${group} AND number ${descending ? '>=' : '<='} ?`, [...bounds, last]);
  return inOrder(sharing, list);
}
