import { computedFields } from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { nearestWord } from './args/parse.ts';
import type { OpenWorkspace } from './workspace.ts';

/** Finds the first name in `names` that is neither a field nor a custom field of the type, with the most similar known name. Null if all are known. */
export async function findUnknownField(
  entities: { customFields: OpenWorkspace['client']['entities']['customFields'] },
  type: EntityType,
  names: readonly string[],
): Promise<{ name: string; suggestion: string | undefined } | null> {
  const fields = ['id', 'university_id', ...fieldsOf(type).map(({ key }) => key)];
  const knownNames = new Set([...fields, ...(computedFields[type] ?? [])]);
  const unknownNames = names.filter((name) => !knownNames.has(name));
  if (unknownNames.length === 0) return null;
  const customNames = (await entities.customFields({ type })).map(({ name }) => name);
  const name = unknownNames.find((candidate) => !customNames.includes(candidate));
  return name === undefined ? null : { name, suggestion: nearestWord(name, [...fields, ...customNames]) };
}
