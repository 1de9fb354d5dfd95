import { computedFields } from '#core/model/validate.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { nearest } from './args/nearest.ts';
import { UsageError } from './args/usage-error.ts';
import type { Open } from './workspace.ts';

/** A slip of the pen makes no new field. Throws UsageError for one that neither the type nor any of its records has, nor `meant` names. */
export async function refuseUnknown(
  client: Open['client'],
  type: EntityType,
  given: readonly string[],
  meant: readonly string[],
): Promise<void> {
  const fields = ['id', 'university_id', ...fieldsOf(type).map(({ key }) => key)];
  const known = new Set([...fields, ...(computedFields[type] ?? []), ...meant]);
  const strange = given.filter((field) => !known.has(field));
  if (strange.length === 0) return;
  const own = (await client.entities.ownFields({ type })).map(({ name }) => name);
  const wrong = strange.find((field) => !own.includes(field));
  if (wrong === undefined) return;
  const near = nearest(wrong, [...fields, ...own]);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `No ${type} has a field "${wrong}".${hint} For a new field say --new-field ${wrong}. Nothing was changed.`;
  throw new UsageError(message, { argument: '--data', given: wrong });
}
