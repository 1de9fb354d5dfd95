import type { Page } from '#shared/contract/server/base.ts';
import type { WireRecord } from '#shared/contract/server/data.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Sql } from '../db/database.ts';
import { pageFrom } from '../db/page.ts';

interface Row {
  id: string;
  payload: JsonObject;
  created_at: string;
  updated_at: string;
}

/** Puts a record's fields next to its id and times, which fields of the same name cannot override. */
export const wireRecord = ({ id, payload, created_at, updated_at }: Row): WireRecord => ({
  ...payload,
  id,
  created_at,
  updated_at,
});

type ReadType = EntityType | 'shared-sandbox';

/** SQL condition: the record `t` is neither deleted nor hidden by the cascade. */
export function visibleCondition(type: ReadType): string {
  const ends = type === 'interface' ? 't.from_id, t.to_id' : 'NULL, NULL';
  return `t.deleted_at IS NULL AND frames_visible(t.id, ${ends})`;
}

const columns = 't.id, t.payload, t.created_at, t.updated_at';

/** Reads a visible record; undefined if it is missing, deleted or hidden. */
export function readRecord(sql: Sql, type: ReadType, id: string): Promise<Row | undefined> {
  return sql.get<Row>(
    `SELECT ${columns} FROM ${tableOf[type]} t WHERE t.id = $1 AND ${visibleCondition(type)}`,
    [id],
  );
}

/** Reads all visible records of a type, ordered by id. */
export function readAll(sql: Sql, type: EntityType): Promise<Row[]> {
  return sql.all<Row>(
    `SELECT ${columns} FROM ${tableOf[type]} t WHERE ${visibleCondition(type)} ORDER BY t.id`,
  );
}

export interface ListInput {
  page: number;
  page_size: number;
  /** A declared field or a column; the contract allows nothing else. */
  sort_by: string;
  order: 'asc' | 'desc';
  university_id?: string | undefined;
}

const sortColumns = ['id', 'created_at', 'updated_at'];

/** `payloadSql` is the SQL of the payload, by default `t.payload`. */
export async function listRecords(
  sql: Sql,
  type: ReadType,
  input: ListInput,
  payloadSql = 't.payload',
): Promise<Page<WireRecord>> {
  const { sort_by, order, university_id } = input;
  const isColumn = sortColumns.includes(sort_by);
  const page = await pageFrom<Row>(sql, input, {
    columns: `t.id, ${payloadSql} AS payload, t.created_at, t.updated_at`,
    from: `${tableOf[type]} t WHERE ${visibleCondition(type)}
      AND ($1::text IS NULL OR EXISTS (SELECT 1 FROM record_ids r WHERE r.id = t.id AND $1 = ANY (r.universities)))`,
    // JSON fields sort by their JSON type.
    sortColumn: isColumn ? `t.${sort_by}` : `t.payload -> '${sort_by}'`,
    id: 't.id',
    order,
    values: [university_id ?? null],
  });
  return { ...page, data: page.data.map(wireRecord) };
}
