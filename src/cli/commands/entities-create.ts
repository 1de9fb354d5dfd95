import { computedFields } from '#core/entities/validate.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readObject } from '../args/json.ts';
import { nearest } from '../args/nearest.ts';
import { list, oneOf, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';
import type { Open } from '../workspace.ts';

export const entitiesCreate = command({
  path: ['entities', 'create'],
  summary: 'Create a record',
  details: [
    'Without ID the record gets an id of its own. Fields that are not named get the defaults of their type.',
    'A field that FRAMES does not know, and no record of the type has, is refused unless --new-field names it.',
  ],
  examples: [
    `frames entities create team --workspace W --data '{"name": "Thermal", "discipline": "mechanical"}'`,
  ],
  parameters: {
    type: oneOf('TYPE', 'Which kind of record', entityTypes),
    id: text('ID', 'An id that no record has yet'),
  },
  options: {
    ...onWorkspace,
    data: text('JSON', 'Its fields, as a JSON object'),
    'new-field': list('FIELD', 'A field that no record of the type has yet'),
  },
  async run(context, given) {
    const { type, id } = given;
    const input = { type, data: readObject(given.data, '--data'), ...(id === undefined ? {} : { id }) };
    const written = await withWorkspace(context, given, 'entities create', async ({ client }) => {
      await refuseUnknown(client, type, Object.keys(input.data), given['new-field']);
      return client.entities.create(input);
    });
    context.output.result(written, () => [`Created ${mention(written.record)}.`]);
  },
});

/** A slip of the pen makes no new field. Throws UsageError for one that neither the type nor any of its records has, nor `meant` names. */
async function refuseUnknown(
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
