import type { z } from 'zod';
import type { list, listInput } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import type { Services } from './services.ts';
import { toRecords } from './derived-fields.ts';
import { firstRows } from './first-rows.ts';
import { fieldExpression, orderExpression, usesNames, whereExpression } from './filters.ts';
import type { NameIndex } from './name-index.ts';
import { readNames } from './names.ts';

type ListRequest = z.output<typeof listInput>;
type MatchRequest = Pick<ListRequest, 'type' | 'filters' | 'search' | 'sort' | 'deleted'>;
type Listing = Pick<Services, 'lists' | 'names' | 'columns'>;
type Page = z.infer<(typeof list)['~orpc']['outputSchema'] & z.ZodType>;

export const recordColumns =
  'r.id, r.payload, r.created_at, r.updated_at, r.deleted_at, r.hidden, r.university_id';

/** A page of records of one type. Without a sort by name, or newest first if the type has no name. */
export function listRecords(db: ReadHandle, services: Listing, request: ListRequest): Page {
  const { type, offset, limit, deleted } = request;
  const { lists, names } = services;
  // Read first: cached values may be newer than their state, but never older.
  const state = lists.at(readHead(db).id);
  const total = state.count(`${type} ${deleted}`, () => countLive(db, type, deleted));
  // Counting alone must not evict a list.
  if (limit === 0) return { rows: [], matched: countOf(db, services, request), total, offset };
  const sorts = sortsOf(request);
  const rows = (rowids: readonly number[]): EntityRecord[] => readRows(db, names, type, rowids);
  if (isPlain(request) && offset === 0 && !state.has(keyOf(request))) {
    const first = firstRows(db, type, sorts, limit);
    if (first) return { rows: rows(first), matched: total, total, offset };
  }
  const rowids = orderOf(db, services, request);
  const page = Array.from(rowids.subarray(offset, offset + limit));
  return { rows: rows(page), matched: rowids.length, total, offset };
}

const sortsOf = ({ type, sort }: MatchRequest): MatchRequest['sort'] =>
  sort.length > 0 ? sort : defaultSort(type);

const isPlain = ({ deleted, filters, search }: MatchRequest): boolean =>
  deleted === 'without' && filters.length === 0 && search.trim() === '';

const keyOf = (request: MatchRequest): string =>
  JSON.stringify([request.type, request.filters, request.search, request.deleted, sortsOf(request)]);

/** The length of a list. Throws INVALID for a field that the type does not have. */
function countOf(db: ReadHandle, services: Listing, request: ListRequest): number {
  const { type, filters, search, deleted } = request;
  const state = services.lists.at(readHead(db).id);
  // A list with a sort is on screen, so its order is worth keeping.
  if (request.sort.length > 0 || state.has(keyOf(request))) return orderOf(db, services, request).length;
  if (isPlain(request)) return state.count(`${type} without`, () => countLive(db, type, 'without'));
  const key = JSON.stringify([type, filters, search, deleted]);
  return state.count(key, () =>
    deleted === 'without'
      ? matchingRows(db, services, request).length
      : askSqlite(db, services.names, { ...request, sort: [] }).length,
  );
}

/** The row numbers of a whole list in order, kept until the file changes. Throws INVALID for a field that the type does not have. */
export function orderOf(db: ReadHandle, services: Listing, request: MatchRequest): Float64Array {
  const { names, columns, lists } = services;
  const state = lists.at(readHead(db).id);
  const sorted = { ...request, sort: sortsOf(request) };
  return state.order(keyOf(sorted), () => {
    if (sorted.deleted !== 'without') return { rowids: Float64Array.from(askSqlite(db, names, sorted)) };
    const all = { ...sorted, filters: [], search: '' };
    const order = state.order(keyOf(all), () => ({
      rowids: Float64Array.from(
        columns.order(sorted.type, sorted.sort) ??
          askSqlite(db, names, all, (field) => columns.mayHoldDays(sorted.type, field)),
      ),
    }));
    if (isPlain(sorted)) return order;
    return { rowids: amongst(order.rowids, matchingRows(db, services, sorted)) };
  }).rowids;
}

/** The row numbers of the matching live records. Throws INVALID for a field that the type does not have. */
export function matchingRows(
  db: ReadHandle,
  { names, columns }: Omit<Listing, 'lists'>,
  { type, filters, search }: Omit<MatchRequest, 'sort' | 'deleted'>,
): readonly number[] {
  return (
    columns.matching({ type, filters, search }) ??
    askSqlite(db, names, { type, filters, search, deleted: 'without', sort: [] })
  );
}

function countLive(db: ReadHandle, type: EntityType, deleted: ListRequest['deleted']): number {
  const condition = deleted === 'only' ? 'deleted_at IS NOT NULL' : visibleCondition();
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM ${tableOf[type]} WHERE ${condition}`)?.n ?? 0;
}

/** The matching row numbers from SQLite alone; unordered without a sort. */
function askSqlite(
  db: ReadHandle,
  names: NameIndex,
  request: MatchRequest,
  mayHoldDays?: (field: string) => boolean,
): number[] {
  const where = whereExpression(request.type, request, (types, word) => names.matching(types, word));
  const order =
    request.sort.length > 0 ? `ORDER BY ${orderExpression(request.type, request.sort, mayHoldDays)}` : '';
  if (usesNames(`${where.sql} ${order}`)) names.refresh();
  const sql = `SELECT r.rowid FROM ${tableOf[request.type]} r WHERE ${where.sql} ${order}`;
  return db.column<number>(sql, where.parameters);
}

/** The items of `order` that are in the other list, in the order of `order`. */
function amongst(order: Float64Array, rowids: readonly number[]): Float64Array {
  const chosen = new Set(rowids);
  return order.filter((rowid) => chosen.has(rowid));
}

function readRows(
  db: ReadHandle,
  names: NameIndex,
  type: EntityType,
  rowids: readonly number[],
): EntityRecord[] {
  if (rowids.length === 0) return [];
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  const found = db.all<RecordRow>(query, [JSON.stringify(rowids)]);
  return toRecords(db, type, found, (ids) => names.known(ids) ?? readNames(db, ids));
}

interface Held {
  value: Json;
  count: number;
}

function valuesIn(
  db: ReadHandle,
  { type, field, limit }: { type: EntityType; field: string; limit: number },
) {
  const query = `SELECT ${fieldExpression(type, field)} AS value, count(*) AS count FROM ${tableOf[type]} r
    WHERE ${visibleCondition('r')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`;
  return db.all<Held>(query, [limit]);
}

/** SQLite returns booleans as 1 and 0. A custom field may hold texts too. */
export function asYesNo(value: Json): Json {
  return value === 1 ? true : value === 0 ? false : value;
}

/** The values of a field in live records, most frequent first. Throws INVALID for a field that the type does not have. */
export function listValues(
  db: ReadHandle,
  columns: Services['columns'],
  request: { type: EntityType; field: string; limit: number },
): Held[] {
  const { type, field, limit } = request;
  const yesNo = fieldOf(type, field)?.kind === 'boolean' || columns.ownYesNo(type, field);
  const found =
    ownNameOf(field) === null ? valuesIn(db, request) : columns.ownValues(type, field).slice(0, limit);
  return yesNo ? found.map(({ value, count }) => ({ value: asYesNo(value), count })) : found;
}
