import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';

export interface RecordKey<T extends AuditedType = EntityType> {
  type: T;
  id: string;
}

const contentTypes = entityTypes.filter((type) => type !== 'university' && type !== 'interface');

/** References that read as empty while their record is deleted or hidden. */
const emptiedReferences: readonly { type: AuditedType; field: string; to: EntityType }[] = [
  { type: 'student', field: 'team_id', to: 'team' },
  { type: 'team', field: 'project_id', to: 'project' },
  { type: 'outcome', field: 'project_id', to: 'project' },
  { type: 'profile', field: 'university_id', to: 'university' },
];

export const emptiedFields = (type: AuditedType): readonly string[] =>
  emptiedReferences.filter((reference) => reference.type === type).map(({ field }) => field);

/** Fields of a type that refer to several records. Lists omit deleted and hidden ones. */
export const referenceListFields = (type: AuditedType): readonly string[] =>
  isEntityType(type) ? fieldsOf(type).flatMap(({ key, kind }) => (kind === 'references' ? [key] : [])) : [];

/** Records hidden, and references that read as empty, while records are deleted. */
export interface Dependants {
  contents: RecordKey[];
  links: string[];
  references: RecordKey<AuditedType>[];
}

const inIds = 'IN (SELECT value FROM json_each(:ids))';

/** Finds the dependants of visible records, each once. Yields the number of queries answered. */
export function* findDependants(
  db: ReadHandle,
  records: readonly RecordKey[],
): Generator<number, Dependants, void> {
  const recordIds = new Set(records.map(({ id }) => id));
  const universities = records.filter(({ type }) => type === 'university').map(({ id }) => id);
  let queries = 0;
  const contents: RecordKey[] = [];
  for (const type of universities.length > 0 ? contentTypes : []) {
    const query = `SELECT id FROM ${tableOf[type]} WHERE university_id ${inIds} AND ${visibleCondition()} ORDER BY id`;
    const ids = db.column<string>(query, { ids: JSON.stringify(universities) });
    contents.push(...ids.filter((id) => !recordIds.has(id)).map((id) => ({ type, id })));
    yield ++queries;
  }
  const deletedRecords = [...records, ...contents];
  const ids = JSON.stringify(deletedRecords.map(({ id }) => id));
  const linksQuery = `SELECT id FROM interfaces WHERE from_id ${inIds} AND ${visibleCondition()}
    UNION SELECT id FROM interfaces WHERE to_id ${inIds} AND ${visibleCondition()}`;
  const links = db.column<string>(linksQuery, { ids }).filter((id) => !recordIds.has(id));
  yield ++queries;
  const deletedIds = new Set(deletedRecords.map(({ id }) => id));
  const references: RecordKey<AuditedType>[] = [];
  for (const { type, field, to } of emptiedReferences) {
    const targets = deletedRecords.filter((record) => record.type === to).map(({ id }) => id);
    if (targets.length === 0) continue;
    const condition = type === 'profile' ? 'deleted_at IS NULL' : visibleCondition();
    const query = `SELECT id FROM ${tableOf[type]} WHERE ${field} ${inIds} AND ${condition} ORDER BY id`;
    const referringIds = db.column<string>(query, { ids: JSON.stringify(targets) });
    references.push(...referringIds.filter((id) => !deletedIds.has(id)).map((id) => ({ type, id })));
    yield ++queries;
  }
  return { contents, links, references };
}

export function countByTable(records: readonly { type: AuditedType }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
  return counts;
}

export const countDependants = ({ contents, links, references }: Dependants) => ({
  links: links.length,
  references: references.length,
  contents: countByTable(contents),
});
