import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { asideKey } from '../model/interchange/keys.ts';
import { computedFields } from '#shared/domain/check-payload.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { mayName, referencedIds, typeNamed } from '#shared/domain/references.ts';

/** What the workspace has under an id, live or deleted. */
export interface Existing {
  type: AuditedType;
  deleted: boolean;
  /** Hidden by what is deleted. */
  hidden: boolean;
  payload: JsonObject;
}

/** What an import does to one record. */
export type Effect = 'create' | 'update' | 'restore' | 'unchanged';

/** One record as it will be after the import. */
export interface PlannedRecord {
  type: EntityType;
  id: string;
  payload: JsonObject;
  effect: Effect;
  /** What the workspace had, unless the record is new. */
  existing: Existing | undefined;
}

export interface Merged {
  effect: Effect;
  payload: JsonObject;
  cleared: readonly string[];
}

function fieldsThatRefer(type: EntityType): ReadonlyMap<string, EntityType> {
  const found = new Map<string, EntityType>();
  // Every table has a column for the university, so the field means that in records whose schema does not name it too.
  if (!computedFields[type]?.includes('university_id')) found.set('university_id', 'university');
  for (const field of fieldsOf(type)) {
    const to = typeNamed(field.to);
    if (field.kind === 'reference' && to) found.set(field.key, to);
  }
  return found;
}

function listsOf(type: EntityType): ReadonlyMap<string, FieldInfo['to']> {
  const lists = fieldsOf(type).filter(({ kind }) => kind === 'references');
  return new Map(lists.map(({ key, to }) => [key, to]));
}

/** For each type, the fields that name another record, and of which type. */
export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, fieldsThatRefer(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/** For each type, the fields that name several records, and of which type. */
export const listReferences = Object.fromEntries(
  entityTypes.map((type) => [type, listsOf(type)]),
) as Readonly<Record<EntityType, ReadonlyMap<string, FieldInfo['to']>>>;

/** What a file says of a record laid over what is here: a field that it lacks stays as it is, and what earlier imports set aside is kept. */
export function laidOver(before: JsonObject, said: JsonObject): JsonObject {
  const [earlier = null, now = null] = [before[asideKey], said[asideKey]];
  const aside = isJsonObject(earlier) && isJsonObject(now) ? { [asideKey]: { ...earlier, ...now } } : {};
  return { ...before, ...said, ...aside };
}

/**
 * What a record that is here becomes. A deleted one comes back; a reference of it that leads nowhere by now is cleared. `typeOf` says of
 * which type the record is that an id names once the file is in, null where there is none, undefined where that is not known yet.
 */
export function mergeRecord(
  type: EntityType,
  { deleted, payload: before }: Existing,
  laid: JsonObject,
  typeOf: (id: string) => string | null | undefined,
): Merged {
  if (!deleted)
    return { effect: jsonEqual(before, laid) ? 'unchanged' : 'update', payload: laid, cleared: [] };
  const cleared = [...referenceFields[type]].flatMap(([field, wanted]) => {
    const id = laid[field];
    const found = typeof id === 'string' ? typeOf(id) : wanted;
    return found === undefined || found === wanted ? [] : [field];
  });
  const empty: Record<string, Json> = Object.fromEntries(cleared.map((field) => [field, null]));
  for (const [field, to] of listReferences[type]) {
    const ids = referencedIds(laid[field]);
    const left = ids.filter((id) => {
      const found = typeOf(id);
      return found === undefined || (found !== null && mayName(to, found));
    });
    if (left.length === ids.length) continue;
    cleared.push(field);
    empty[field] = left;
  }
  return { effect: 'restore', payload: { ...laid, ...empty }, cleared };
}
