import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { computedFields } from '../model/validate.ts';
import type { Targets } from './targets.ts';
import { show } from './problems.ts';
import type { Reading } from './values.ts';

function fieldsThatRefer(type: EntityType): ReadonlyMap<string, EntityType> {
  const found = new Map<string, EntityType>();
  // Every table has a column for the university, so the field means that in records whose schema does not name it too.
  if (!computedFields[type]?.includes('university_id')) found.set('university_id', 'university');
  for (const field of fieldsOf(type)) {
    if (field.kind === 'reference' && field.to && field.to !== 'any') found.set(field.key, field.to);
  }
  return found;
}

/** For each type, the fields that name another record, and of which type. */
export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, fieldsThatRefer(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/**
 * Reads a field that names another record. One that names nothing, or something of another type, is cleared and what stood
 * there kept. An id is never taken apart to find out what it belongs to.
 */
export function readReference(
  value: Json,
  exact: string | undefined,
  wanted: EntityType,
  targets: Targets,
): Reading {
  if (value === null) return { value };
  if (typeof value !== 'string' && typeof value !== 'number') {
    const message = `${show(value)} is no id; it is kept under imported_values.`;
    return { aside: value, problem: { code: 'wrong_type', action: 'set_aside', message } };
  }
  const id = targets.idIn(value, exact);
  if (id !== null && targets.typeOf(id) === wanted) {
    if (typeof value === 'string') return { value: id };
    const message = `${id} is read as the text ${show(id)}.`;
    return { value: id, problem: { code: 'wrong_type', action: 'converted', message } };
  }
  const found = id === null ? null : targets.typeOf(id);
  const what =
    found === null ? `There is no ${wanted} ${show(value)}` : `${show(value)} is a ${found}, not a ${wanted}`;
  const message = `${what}; the reference is cleared and kept under imported_values.`;
  const problem = { code: 'dangling_reference', action: 'cleared', message } as const;
  return value === '' ? { value: null, problem } : { value: null, aside: exact ?? value, problem };
}
