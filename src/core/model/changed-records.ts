import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

const typeCondition = (types: readonly EntityType[]): string =>
  `entity_type IN (${types.map((type) => `'${type}'`).join(', ')})`;
/** NOT INDEXED: with DISTINCT, SQLite would otherwise read the whole log in the order of its ids. */
const newerRowsSql = 'SELECT DISTINCT entity_id FROM audit_logs NOT INDEXED WHERE id > ?';
const changedQuery = (types: readonly EntityType[]): string =>
  `${newerRowsSql} AND ${typeCondition(types)} LIMIT ?`;
/** Rows that can hide or show other records: created, deleted, restored, or moved to another university. */
const causesQuery = `${newerRowsSql} AND entity_type <> 'interface'
  AND (action IN ('create', 'delete', 'restore') OR action = 'update'
    AND (payload_before ->> '$.university_id' IS NOT NULL OR payload_after ->> '$.university_id' IS NOT NULL))
  LIMIT ?`;

/** Records whose log rows were emptied by an erasure: their payloads changed without a row of their own. */
const erasedSql = `SELECT DISTINCT l.entity_id FROM audit_logs e NOT INDEXED, json_each(e.payload_after, '$.rows') j
  JOIN audit_logs l ON l.id = CAST(j.key AS INTEGER) WHERE e.id > ? AND e.entity_id = '${erasuresId}'`;
const erasedOfTypesQuery = (types: readonly EntityType[]): string =>
  `${erasedSql} AND l.${typeCondition(types)} LIMIT ?`;

const inIds = 'IN (SELECT value FROM json_each(:ids))';
const contentsQuery = entityTypes
  .filter((type) => type !== 'university' && type !== 'interface')
  .map((type) => `SELECT id FROM ${tableOf[type]} WHERE university_id ${inIds} AND deleted_at IS NULL`)
  .join(' UNION ALL ');

function referrerQueries(type: EntityType): string[] {
  const table = tableOf[type];
  const reference = { student: 'team_id', team: 'project_id', outcome: 'project_id' }[type as string];
  if (type === 'interface')
    return ['from_id', 'to_id'].map(
      (endColumn) => `SELECT id FROM interfaces WHERE ${endColumn} ${inIds} AND deleted_at IS NULL`,
    );
  if (type === 'university') return [];
  const university = `SELECT id FROM ${table} WHERE university_id ${inIds} AND deleted_at IS NULL`;
  if (!reference) return [university];
  return [
    university,
    `SELECT id FROM ${table} WHERE ${reference} ${inIds} AND deleted_at IS NULL`,
    `SELECT id FROM ${table} WHERE payload ->> '$.${reference}' ${inIds} AND dangling = 1`,
  ];
}

/** Ids of records that changed after `afterRow`, or were hidden, shown or re-referenced by a change. Null if `limit` or more. */
export function changedRecords(
  db: ReadHandle,
  types: readonly EntityType[],
  afterRow: number,
  limit: number,
): string[] | null {
  const ids = new Set(db.column<string>(changedQuery(types), [afterRow, limit]));
  for (const id of db.column<string>(erasedOfTypesQuery(types), [afterRow, limit])) ids.add(id);
  if (ids.size >= limit) return null;
  const causeIds = db.column<string>(causesQuery, [afterRow, limit]);
  if (causeIds.length >= limit) return null;
  if (causeIds.length === 0) return [...ids];
  const contentIds = db.column<string>(contentsQuery, { ids: JSON.stringify(causeIds) });
  if (contentIds.length >= limit) return null;
  const targetIds = JSON.stringify([...causeIds, ...contentIds]);
  for (const type of types)
    for (const query of referrerQueries(type))
      for (const id of db.column<string>(query, { ids: targetIds })) ids.add(id);
  return ids.size < limit ? [...ids] : null;
}
