import { entityTypes } from '#shared/domain/types.ts';
import { readObject } from '../args/json.ts';
import { list, oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { refuseUnknown } from '../strange-fields.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

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
