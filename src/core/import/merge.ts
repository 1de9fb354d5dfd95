import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { asideKey } from '../model/interchange/keys.ts';
import { computedFields } from '#shared/domain/check-payload.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { mayName, referencedIds, typeNamed } from '#shared/domain/references.ts';

/** The workspace's record under an id, live or deleted. */
export interface Existing {
  type: AuditedType;
  deleted: boolean;
  /** Hidden because another record is deleted. */
  hidden: boolean;
  payload: JsonObject;
}

/** What an import does to one record. */
export type Effect = 'create' | 'update' | 'restore' | 'unchanged';

/** One record after the import. */
export interface PlannedRecord {
  type: EntityType;
  id: string;
  payload: JsonObject;
  effect: Effect;
  /** The workspace's record, unless it is new. */
  existing: Existing | undefined;
}

export interface Merged {
  effect: Effect;
  payload: JsonObject;
  cleared: readonly string[];
}

function fieldsThatRefer(type: EntityType): ReadonlyMap<string, EntityType> {
  const found = new Map<string, EntityType>();
  // Every table has a university column, so the field is also read for types without it in their schema.
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

export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, fieldsThatRefer(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/** List-of-references fields and their target types, by type. */
export const listReferences = Object.fromEntries(
  entityTypes.map((type) => [type, listsOf(type)]),
) as Readonly<Record<EntityType, ReadonlyMap<string, FieldInfo['to']>>>;

/** A record of the file merged into the existing one: missing fields stay, and so does what earlier imports kept separately. */
export function laidOver(before: JsonObject, said: JsonObject): JsonObject {
  const [earlier = null, now = null] = [before[asideKey], said[asideKey]];
  const aside = isJsonObject(earlier) && isJsonObject(now) ? { [asideKey]: { ...earlier, ...now } } : {};
  return { ...before, ...said, ...aside };
}

/**
 * An existing record after the import. A deleted one is restored, and its dangling references are cleared. `typeOf` gives the type of an id
 * after the import, null if none, undefined if not known yet.
 */
export function mergeRecord(
  type: EntityType,
  { deleted, payload: before }: Existing,
  laid: JsonObject,
  typeOf: (id: string) => string | null | undefined,
): Merged {
  if (!deleted)
    return { effect: jsonEqual(before, laid) ? 'unchanged' : 'update', payload: laid, cleared: [] };
  const cleared = [...referenceFields[type]].flatMap(([field, targetType]) => {
    const id = laid[field];
    const found = typeof id === 'string' ? typeOf(id) : targetType;
    return found === undefined || found === targetType ? [] : [field];
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
