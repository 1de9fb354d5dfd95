import { computedFields } from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { nearest } from './args/parse.ts';
import type { Open } from './workspace.ts';

/** The first name of `given` that is neither a field of the type nor a custom field of its records, with the most similar known name; null if there is none. */
export async function findUnknownField(
  entities: { ownFields: Open['client']['entities']['ownFields'] },
  type: EntityType,
  given: readonly string[],
): Promise<{ name: string; near: string | undefined } | null> {
  const fields = ['id', 'university_id', ...fieldsOf(type).map(({ key }) => key)];
  const known = new Set([...fields, ...(computedFields[type] ?? [])]);
  const unknown = given.filter((name) => !known.has(name));
  if (unknown.length === 0) return null;
  const custom = (await entities.ownFields({ type })).map(({ name }) => name);
  const name = unknown.find((one) => !custom.includes(one));
  return name === undefined ? null : { name, near: nearest(name, [...fields, ...custom]) };
}
