import type { z } from 'zod';
import type { OutputOf } from '#shared/contract/base.ts';
import type { recordSelection } from '#shared/contract/bulk.ts';
import type { list, listInput } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import { inBatches } from '../kernel/batches.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import type { Services } from './services.ts';
import { toRecords } from './derived-fields.ts';
import { firstRows } from './first-rows.ts';
import { fieldExpression, orderExpression, usesNameIndex, whereExpression } from './filters.ts';
import type { NameIndex } from './name-index.ts';
import { readNames } from './names.ts';

type ListRequest = z.output<typeof listInput>;
type MatchRequest = Pick<ListRequest, 'type' | 'filters' | 'search' | 'sort' | 'deleted'>;
type ListServices = Pick<Services, 'lists' | 'names' | 'columns'>;
type Page = OutputOf<typeof list>;

export const recordColumns =
  'r.id, r.payload, r.created_at, r.updated_at, r.deleted_at, r.hidden, r.university_id';

/** A page of records of one type. Default order: by name, or newest first if the type has no name. */
export function listRecords(db: ReadHandle, services: ListServices, request: ListRequest): Page {
  const { type, offset, limit, deleted } = request;
  const { lists, names } = services;
  // The head is read first: cached values can be newer than it, but never older.
  const cache = lists.forHead(readHead(db).id);
  const total = cache.count(`${type} ${deleted}`, () => countRows(db, type, deleted));
  // Counting alone must not evict a list.
  if (limit === 0) return { rows: [], matched: countMatches(db, services, request), total, offset };
  const sorts = sortsOf(request);
  const readPage = (rowids: readonly number[]): EntityRecord[] => readRows(db, names, type, rowids);
  if (isUnfiltered(request) && offset === 0 && !cache.has(cacheKeyOf(request))) {
    const firstRowids = firstRows(db, type, sorts, limit);
    if (firstRowids) return { rows: readPage(firstRowids), matched: total, total, offset };
  }
  const rowids = rowidsInOrder(db, services, request);
  const page = Array.from(rowids.subarray(offset, offset + limit));
  return { rows: readPage(page), matched: rowids.length, total, offset };
}

const sortsOf = ({ type, sort }: MatchRequest): MatchRequest['sort'] =>
  sort.length > 0 ? sort : defaultSort(type);

const isUnfiltered = ({ deleted, filters, search }: MatchRequest): boolean =>
  deleted === 'without' && filters.length === 0 && search.trim() === '';

const cacheKeyOf = (request: MatchRequest): string =>
  JSON.stringify([request.type, request.filters, request.search, request.deleted, sortsOf(request)]);

/** The length of a list. Throws INVALID for a field that the type does not have. */
function countMatches(db: ReadHandle, services: ListServices, request: ListRequest): number {
  const { type, filters, search, deleted } = request;
  const cache = services.lists.forHead(readHead(db).id);
  // A list with a sort is on screen, so its order is computed and kept.
  if (request.sort.length > 0 || cache.has(cacheKeyOf(request)))
    return rowidsInOrder(db, services, request).length;
  if (isUnfiltered(request)) return cache.count(`${type} without`, () => countRows(db, type, 'without'));
  const key = JSON.stringify([type, filters, search, deleted]);
  return cache.count(key, () =>
    deleted === 'without'
      ? matchingRows(db, services, request).length
      : querySqlite(db, services.names, { ...request, sort: [] }).length,
  );
}

/** The row numbers of a whole list in order, kept until the file changes. Throws INVALID for a field that the type does not have. */
export function rowidsInOrder(db: ReadHandle, services: ListServices, request: MatchRequest): Float64Array {
  const { names, columns, lists } = services;
  const cache = lists.forHead(readHead(db).id);
  const sortedRequest = { ...request, sort: sortsOf(request) };
  return cache.order(cacheKeyOf(sortedRequest), () => {
    if (sortedRequest.deleted !== 'without')
      return { rowids: Float64Array.from(querySqlite(db, names, sortedRequest)) };
    const unfilteredRequest = { ...sortedRequest, filters: [], search: '' };
    const order = cache.order(cacheKeyOf(unfilteredRequest), () => ({
      rowids: Float64Array.from(
        columns.orderedRows(sortedRequest.type, sortedRequest.sort) ??
          querySqlite(db, names, unfilteredRequest, (field) =>
            columns.canHoldDays(sortedRequest.type, field),
          ),
      ),
    }));
    if (isUnfiltered(sortedRequest)) return order;
    return { rowids: orderedIntersection(order.rowids, matchingRows(db, services, sortedRequest)) };
  }).rowids;
}

/** The row numbers of the matching visible records. Throws INVALID for a field that the type does not have. */
export function matchingRows(
  db: ReadHandle,
  { names, columns }: Omit<ListServices, 'lists'>,
  { type, filters, search }: Omit<MatchRequest, 'sort' | 'deleted'>,
): readonly number[] {
  return (
    columns.matchingRows({ type, filters, search }) ??
    querySqlite(db, names, { type, filters, search, deleted: 'without', sort: [] })
  );
}

function countRows(db: ReadHandle, type: EntityType, deleted: ListRequest['deleted']): number {
  const condition = deleted === 'only' ? 'deleted_at IS NOT NULL' : visibleCondition();
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM ${tableOf[type]} WHERE ${condition}`)?.n ?? 0;
}

/** The matching row numbers from SQLite alone; unordered without a sort. */
function querySqlite(
  db: ReadHandle,
  names: NameIndex,
  request: MatchRequest,
  canHoldDays?: (field: string) => boolean,
): number[] {
  const where = whereExpression(request.type, request, (types, word) => names.matchingIds(types, word));
  const order =
    request.sort.length > 0 ? `ORDER BY ${orderExpression(request.type, request.sort, canHoldDays)}` : '';
  if (usesNameIndex(`${where.sql} ${order}`)) names.refresh();
  const sql = `SELECT r.rowid FROM ${tableOf[request.type]} r WHERE ${where.sql} ${order}`;
  return db.column<number>(sql, where.parameters);
}

/** The items of `order` that are also in `rowids`, in the order of `order`. */
function orderedIntersection(order: Float64Array, rowids: readonly number[]): Float64Array {
  const included = new Set(rowids);
  return order.filter((rowid) => included.has(rowid));
}

function readRows(
  db: ReadHandle,
  names: NameIndex,
  type: EntityType,
  rowids: readonly number[],
): EntityRecord[] {
  if (rowids.length === 0) return [];
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  const rows = db.all<RecordRow>(query, [JSON.stringify(rowids)]);
  return toRecords(db, type, rows, (ids) => names.cachedNames(ids) ?? readNames(db, ids));
}

interface ValueCount {
  value: Json;
  count: number;
}

function countValues(
  db: ReadHandle,
  { type, field, limit }: { type: EntityType; field: string; limit: number },
) {
  const query = `SELECT ${fieldExpression(type, field)} AS value, count(*) AS count FROM ${tableOf[type]} r
    WHERE ${visibleCondition('r')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?`;
  return db.all<ValueCount>(query, [limit]);
}

/** SQLite returns booleans as 1 and 0. A custom field can hold texts too. */
export function toBoolean(value: Json): Json {
  return value === 0 || value === 1 ? value === 1 : value;
}

/** The values of a field in visible records, most frequent first. Throws INVALID for a field that the type does not have. */
export function listValues(
  db: ReadHandle,
  columns: Services['columns'],
  request: { type: EntityType; field: string; limit: number },
): ValueCount[] {
  const { type, field, limit } = request;
  const isYesNo = fieldOf(type, field)?.kind === 'boolean' || columns.isYesNoField(type, field);
  const values =
    customNameOf(field) === null
      ? countValues(db, request)
      : columns.customValues(type, field).slice(0, limit);
  return isYesNo ? values.map(({ value, count }) => ({ value: toBoolean(value), count })) : values;
}

const selectionBatchSize = 4000;

/** The ids of a selection, each once. Reads committed data, so call it before the transaction's first write. */
export function* resolveSelection(
  services: Pick<Services, 'read' | 'names' | 'columns'>,
  type: EntityType,
  request: z.output<typeof recordSelection>,
): Generator<number, readonly string[], void> {
  if (request.kind === 'ids') return [...new Set(request.ids)];
  const { read, columns } = services;
  yield* columns.readAhead(type);
  const excludedIds = new Set(request.except);
  const query = `SELECT r.id FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  const ids: string[] = [];
  for (const rows of inBatches(matchingRows(read, services, { type, ...request }), selectionBatchSize)) {
    for (const id of read.column<string>(query, [JSON.stringify(rows)]))
      if (!excludedIds.has(id)) ids.push(id);
    yield ids.length;
  }
  return ids;
}
