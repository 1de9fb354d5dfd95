import type { Sort } from '#shared/contract/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { compareCells, sortCell } from './columns/cell.ts';
import type { Cell } from './columns/cell.ts';
import { orderExpression, sortTerm } from './filters.ts';

/** Fields by which an index of the table can sort. */
const indexedFields: ReadonlySet<string> = new Set(['name', 'factor_name', 'terms_remaining', 'energy_loss']);

/** With more names than this outside ASCII, sorting all records is as fast. */
const maxNonAscii = 5000;

interface NamedRow {
  row: number;
  name: Cell;
}

interface NumberedRow extends NamedRow {
  number: number;
}

/** The row numbers of the first visible records of a type in an order; null if no index has this order. */
export function firstRows(
  db: ReadHandle,
  type: EntityType,
  sorts: readonly Sort[],
  limit: number,
): number[] | null {
  const [sort, ...otherSorts] = sorts;
  if (!sort || otherSorts.length > 0 || !indexedFields.has(sort.field)) return null;
  if (sortTerm(type, sort.field).expression === 'r.name') return firstByName(db, type, sort.direction, limit);
  const query = `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${visibleCondition('r')}
    ORDER BY ${orderExpression(type, sorts)} LIMIT ?`;
  return db.column<number>(query, [limit]);
}

interface NameOrder {
  db: ReadHandle;
  type: EntityType;
  isDescending: boolean;
}

const isAsciiSql = 'length(r.name) IS length(CAST(r.name AS BLOB))';
const inRangeSql = 'r.name COLLATE NOCASE >= ? AND r.name COLLATE NOCASE < ?';

function sortByName(rows: readonly NamedRow[], { isDescending }: NameOrder): NamedRow[] {
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ ...row, key: sortCell(row.name) }))
    .sort((a, b) => sign * (compareCells(a.key, b.key) || a.row - b.row));
}

/** The index sorts ASCII names like `sortKey` except for numbers, so names that agree up to a digit are sorted here. */
function firstByName(
  db: ReadHandle,
  type: EntityType,
  direction: Sort['direction'],
  limit: number,
): number[] | null {
  const nameOrder = { db, type, isDescending: direction === 'desc' };
  const nonAsciiRows = readIndexed(nameOrder, `NOT (${isAsciiSql})`, [], maxNonAscii + 1);
  if (nonAsciiRows.length > maxNonAscii) return null;
  const asciiRows: NamedRow[] = [];
  let startParameters: string[] = [];
  while (asciiRows.length < limit) {
    const startCondition =
      startParameters.length === 0
        ? ''
        : `AND r.name COLLATE NOCASE ${nameOrder.isDescending ? '<' : '>='} ?`;
    const batch = readIndexed(
      nameOrder,
      `${isAsciiSql} ${startCondition}`,
      startParameters,
      limit - asciiRows.length,
    );
    const digitIndex = batch.findIndex(({ name }) => /\d/.test(String(name)));
    asciiRows.push(...(digitIndex < 0 ? batch : batch.slice(0, digitIndex)));
    if (digitIndex < 0) break;
    const prefix = /^\D*/.exec(String(batch[digitIndex]?.name))?.[0] ?? '';
    asciiRows.push(...readNumbered(nameOrder, prefix, limit - asciiRows.length));
    startParameters = [`${prefix}${nameOrder.isDescending ? '0' : ':'}`];
  }
  return sortByName([...asciiRows.slice(0, limit), ...nonAsciiRows], nameOrder)
    .slice(0, limit)
    .map(({ row }) => row);
}

function readIndexed(
  { db, type, isDescending }: NameOrder,
  where: string,
  parameters: string[],
  limit: number,
): NamedRow[] {
  const directionSql = isDescending ? 'DESC' : 'ASC';
  return db.all<NamedRow>(
    `SELECT r.rowid AS row, r.name FROM ${tableOf[type]} r WHERE ${visibleCondition('r')} AND ${where}
      ORDER BY r.name COLLATE NOCASE ${directionSql}, r.rowid ${directionSql} LIMIT ?`,
    [...parameters, limit],
  );
}

/** The first names with a digit right after the prefix; can be more than `limit`. */
function readNumbered(nameOrder: NameOrder, prefix: string, limit: number): NamedRow[] {
  const { db, type, isDescending } = nameOrder;
  const numberSql = `CAST(substr(r.name, ${prefix.length + 1}) AS INTEGER)`;
  const selectSql = `SELECT r.rowid AS row, r.name, ${numberSql} AS number FROM ${tableOf[type]} r
    WHERE ${visibleCondition('r')} AND ${isAsciiSql} AND ${inRangeSql}`;
  // ":" comes right after "9".
  const bounds = [`${prefix}0`, `${prefix}:`];
  const rows = db.all<NumberedRow>(`${selectSql} ORDER BY number ${isDescending ? 'DESC' : 'ASC'} LIMIT ?`, [
    ...bounds,
    limit + 1,
  ]);
  const [lastNumber, nextNumber] = [rows[limit - 1]?.number, rows[limit]?.number];
  if (lastNumber === undefined || lastNumber !== nextNumber) return sortByName(rows, nameOrder);
  // The number alone is not a full order: all names that share the last number are compared.
  const candidates = db.all<NumberedRow>(`${selectSql} AND number ${isDescending ? '>=' : '<='} ?`, [
    ...bounds,
    lastNumber,
  ]);
  return sortByName(candidates, nameOrder);
}
