import { linkTitle, nameField, titleField } from '#shared/domain/title.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

export interface RecordName {
  id: string;
  type: EntityType;
  title: string;
  university_id: string | null;
  /** The main team of a student; null for other types. */
  team_id: string | null;
  /** Deleted or hidden. */
  deleted: boolean;
}

export function titleColumn(type: EntityType): string {
  if (type === 'comment') return 'title';
  return nameField(type) ? 'name' : (titleField(type) ?? `''`);
}

export const teamColumn = (type: EntityType): string => (type === 'student' ? 'team_id' : 'NULL');

const namesQueryOf = (
  type: EntityType,
): string => `SELECT id, '${type}' AS type, coalesce(${titleColumn(type)}, '') AS title, university_id, ${teamColumn(type)} AS team_id, NOT (${visibleCondition()}) AS deleted
    FROM ${tableOf[type]} WHERE id IN (SELECT value FROM json_each(:ids))`;

/** The titles of interfaces by id; `namesOf` returns the names of their ends. */
export function readLinkNames(
  db: ReadHandle,
  ids: readonly string[],
  namesOf: (ids: Iterable<string>) => Map<string, RecordName>,
): Map<string, RecordName> {
  const rows = db.all<{
    id: string;
    from_id: string;
    to_id: string;
    description: string | null;
    deleted: number;
  }>(
    `SELECT id, from_id, to_id, payload ->> '$.description' AS description, NOT (${visibleCondition()}) AS deleted FROM interfaces WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  const ends = namesOf(rows.flatMap(({ from_id, to_id }) => [from_id, to_id]));
  const titleOf = (id: string): string => ends.get(id)?.title || id;
  return new Map(
    rows.map(({ id, from_id, to_id, description, deleted }) => [
      id,
      {
        id,
        type: 'interface',
        title: linkTitle(titleOf(from_id), titleOf(to_id), description),
        university_id: ends.get(from_id)?.university_id ?? null,
        team_id: null,
        deleted: deleted === 1,
      },
    ]),
  );
}

/** Names of many records in one query, by id. Unknown ids are omitted. */
export function readNames(db: ReadHandle, ids: Iterable<string>): Map<string, RecordName> {
  const uniqueIds = [...new Set(ids)];
  if (uniqueIds.length === 0) return new Map();
  const tables = tablesIn(db);
  const namesQuery = entityTypes
    .filter((type) => tables.has(tableOf[type]))
    .map(namesQueryOf)
    .join(' UNION ALL ');
  const rows = db.all<Omit<RecordName, 'deleted'> & { deleted: number }>(namesQuery, {
    ids: JSON.stringify(uniqueIds),
  });
  return new Map(rows.map((row) => [row.id, { ...row, deleted: row.deleted === 1 }]));
}
