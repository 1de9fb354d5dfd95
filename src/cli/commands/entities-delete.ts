import { entityTypes } from '#shared/domain/types.ts';
import { flag, needed, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { amount, companyOf } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const entitiesDelete = command({
  path: ['entities', 'delete'],
  summary: 'Delete a record together with its interfaces',
  details: [
    'The record can be brought back with "frames undo" or "frames entities restore". ' +
      'A university that still has records is refused unless --with-contents takes them along.',
  ],
  parameters: { type: oneOf('TYPE', 'Which kind of record', entityTypes), id: needed('ID', 'Its id') },
  options: { ...onWorkspace, 'with-contents': flag('Delete the records of a university with it') },
  async run(context, given) {
    const { type, id } = given;
    const removed = await withWorkspace(context, given, 'entities delete', ({ client }) =>
      client.entities.remove({ type, id, with_contents: given['with-contents'] }),
    );
    context.output.result(removed, () => {
      const first = `Deleted ${mention({ type, id, title: removed.title })}${companyOf(removed)}.`;
      return removed.references > 0
        ? [
            first,
            `${amount(removed.references, 'record')} referred to it and no longer ${removed.references === 1 ? 'does' : 'do'}.`,
          ]
        : [first];
    });
  },
});
