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

/** A record with its fields beside its id and times, which no field of that name stands in for. */
export const wireRecord = ({ id, payload, created_at, updated_at }: Row): WireRecord => ({
  ...payload,
  id,
  created_at,
  updated_at,
});

type ReadType = EntityType | 'shared-sandbox';

/** Neither deleted nor hidden: the derived cascade, with which the list of `t` is cut down before. */
export function visible(type: ReadType): string {
  const ends = type === 'interface' ? 't.from_id, t.to_id' : 'NULL, NULL';
  return `t.deleted_at IS NULL AND frames_visible(t.id, ${ends})`;
}

const columns = 't.id, t.payload, t.created_at, t.updated_at';

/** A record that is there for its readers; undefined for a deleted or hidden one, too. */
export function readRecord(sql: Sql, type: ReadType, id: string): Promise<Row | undefined> {
  return sql.get<Row>(`SELECT ${columns} FROM ${tableOf[type]} t WHERE t.id = $1 AND ${visible(type)}`, [id]);
}

/** All records of a type that are there for their readers, in order of id. */
export function readAll(sql: Sql, type: EntityType): Promise<Row[]> {
  return sql.all<Row>(`SELECT ${columns} FROM ${tableOf[type]} t WHERE ${visible(type)} ORDER BY t.id`);
}

export interface ListInput {
  page: number;
  page_size: number;
  /** A declared field of the type, or a column: the contract lets nothing else pass. */
  sort_by: string;
  order: 'asc' | 'desc';
  university_id?: string | undefined;
}

const sortColumns = ['id', 'created_at', 'updated_at'];

/** `listed` is what stands for the payload, which is `t.payload`. */
export async function listRecords(
  sql: Sql,
  type: ReadType,
  input: ListInput,
  listed = 't.payload',
): Promise<Page<WireRecord>> {
  const { sort_by, order, university_id } = input;
  const isColumn = sortColumns.includes(sort_by);
  const page = await pageFrom<Row>(sql, input, {
    columns: `t.id, ${listed} AS payload, t.created_at, t.updated_at`,
    from: `${tableOf[type]} t WHERE ${visible(type)}
      AND ($1::text IS NULL OR EXISTS (SELECT 1 FROM record_ids r WHERE r.id = t.id AND $1 = ANY (r.universities)))`,
    // A field of JSON sorts by its kind: texts as texts, numbers as numbers.
    by: isColumn ? `t.${sort_by}` : `t.payload -> '${sort_by}'`,
    id: 't.id',
    order,
    values: [university_id ?? null],
  });
  return { ...page, data: page.data.map(wireRecord) };
}
