import { entityTypes } from '#shared/domain/types.ts';
import { readObject } from '../args/json.ts';
import { list, needed, oneOf, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { refuseUnknown } from '../strange-fields.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const entitiesUpdate = command({
  path: ['entities', 'update'],
  summary: 'Change fields of a record',
  details: [
    'Only the named fields change. null is a value; --unset removes a field altogether.',
    'A field that FRAMES does not know, and no record of the type has, is refused unless --new-field names it.',
  ],
  examples: [
    `frames entities update team team_1 --workspace W --data '{"lifecycle": "outgoing"}' --unset project_id`,
  ],
  parameters: { type: oneOf('TYPE', 'Which kind of record', entityTypes), id: needed('ID', 'Its id') },
  options: {
    ...onWorkspace,
    data: text('JSON', 'Fields to set, as a JSON object'),
    unset: list('FIELD', 'A field to remove'),
    'new-field': list('FIELD', 'A field that no record of the type has yet'),
  },
  async run(context, given) {
    const { type, id, unset } = given;
    const data = readObject(given.data, '--data');
    if (given.data === undefined && unset.length === 0) {
      throw new UsageError('--data JSON or --unset FIELD is missing for frames entities update.', {
        argument: '--data',
      });
    }
    const written = await withWorkspace(context, given, 'entities update', async ({ client }) => {
      await refuseUnknown(client, type, Object.keys(data), given['new-field']);
      return client.entities.update({ type, id, data, unset: [...unset] });
    });
    context.output.result(written, () => [
      written.op_id === null
        ? `Nothing to change: ${mention(written.record)} is so already.`
        : `Changed ${mention(written.record)}.`,
    ]);
  },
});
