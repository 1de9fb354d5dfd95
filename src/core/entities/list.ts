import type { z } from 'zod';
import type { list, listInput } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../audit/head.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { RecordRow } from '../db/schema.ts';
import { toRecords } from './derive.ts';
import { fieldExpression, orderExpression, usesNames, whereExpression } from './filters.ts';
import type { ListCache, ListOrder } from './list-cache.ts';
import type { NameIndex } from './name-index.ts';

type Wanted = z.output<typeof listInput>;
type Page = z.infer<(typeof list)['~orpc']['outputSchema'] & z.ZodType>;

export const recordColumns = 'r.id, r.payload, r.created_at, r.updated_at, r.deleted_at, r.university_id';

/** A page of the records of one type. Without a sort they come by name, or newest first where there is none. */
export function listRecords(db: ReadHandle, cache: ListCache, names: NameIndex, wanted: Wanted): Page {
  const { type, offset, limit } = wanted;
  const table = tableOf[type];
  // Before anything else is read: what is kept under a state may be newer than that, but never older.
  const state = cache.at(readHead(db).id);
  const where = whereExpression(type, wanted, (types, word) => names.matching(types, word));
  const order = orderExpression(type, wanted.sort.length > 0 ? wanted.sort : defaultSort(type));
  if (usesNames(`${where.sql} ${order}`)) names.refresh();
  const key = JSON.stringify([type, wanted.filters, wanted.search, wanted.deleted]);
  const count = (condition: string): number =>
    state.count(
      `${type} ${condition}`,
      () => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} r WHERE ${condition}`)?.n ?? 0,
    );
  const total = count(wanted.deleted === 'only' ? 'r.deleted_at IS NOT NULL' : 'r.deleted_at IS NULL');
  const select = `SELECT r.rowid AS row FROM ${table} r WHERE ${where.sql} ORDER BY ${order}`;
  const whole = (): ListOrder =>
    state.order(`${key} ${order}`, () => ({
      rowids: Float64Array.from(db.column<number>(select, where.parameters)),
    }));
  const page = (): number[] => Array.from(whole().rowids.subarray(offset, offset + limit));
  // Looking for what matches costs the same for one page as for the whole order, which also says how many there are.
  if (where.parameters.length > 0)
    return { rows: readRows(db, type, page()), matched: whole().rowids.length, total, offset };
  const first = (): number[] => db.column<number>(`${select} LIMIT ?`, [limit]);
  const rowids = limit === 0 ? [] : offset === 0 ? first() : page();
  return { rows: readRows(db, type, rowids), matched: count(where.sql), total, offset };
}

function readRows(db: ReadHandle, type: EntityType, rowids: readonly number[]): EntityRecord[] {
  if (rowids.length === 0) return [];
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  return toRecords(db, type, db.all<RecordRow>(query, [JSON.stringify(rowids)]));
}

/** The values that a field of the live records holds, the most frequent first. */
export function listValues(
  db: ReadHandle,
  wanted: { type: EntityType; field: string; limit: number },
): { value: Json; count: number }[] {
  const expression = fieldExpression(wanted.type, wanted.field);
  const query = `SELECT ${expression} AS value, count(*) AS count FROM ${tableOf[wanted.type]} r
    WHERE r.deleted_at IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`;
  const found = db.all<{ value: Json; count: number }>(query, [wanted.limit]);
  if (fieldOf(wanted.type, wanted.field)?.kind !== 'boolean') return found;
  // SQLite knows no yes and no, only 1 and 0.
  return found.map(({ value, count }) => ({ value: value === null ? null : value === 1, count }));
}
