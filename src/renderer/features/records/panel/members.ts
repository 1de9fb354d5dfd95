import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** Which records belong to one of a type, by the field in which they name it: what one looks for on its page. */
const members: Readonly<Partial<Record<EntityType, { field: string; types: readonly EntityType[] }>>> = {
  university: { field: 'university_id', types: ['team', 'faculty', 'student', 'project', 'outcome'] },
  project: { field: 'project_id', types: ['team', 'outcome'] },
  team: { field: 'team_id', types: ['student'] },
};

/** The types of what belongs to a record of the type, in the order in which they are shown; none for most. */
export function memberTypes(type: EntityType): readonly EntityType[] {
  return members[type]?.types ?? [];
}

/** How many records belong to this one; null where that is not known. */
export function memberCount({ type, derived }: EntityRecord): number | null {
  const counts = memberTypes(type).map((one) => derived[tableOf[one]]);
  const known = counts.filter((count) => typeof count === 'number');
  return known.length < counts.length ? null : known.reduce((sum, count) => sum + count, 0);
}

/** What finds the records that belong to this one. */
export function membersOf({ type, id }: Pick<EntityRecord, 'type' | 'id'>): Filter[] {
  const field = members[type]?.field;
  return field === undefined ? [] : [{ field, op: 'is', value: id }];
}

/** The list of the records of a type that belong to this one. */
export function membersList(record: Pick<EntityRecord, 'type' | 'id'>, type: EntityType): ListView {
  return { ...listOf(type), filters: membersOf(record) };
}
