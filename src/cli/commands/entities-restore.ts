import { entityTypes } from '#shared/domain/types.ts';
import { flag, needed, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { countOf } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const entitiesRestore = command({
  path: ['entities', 'restore'],
  summary: 'Bring a deleted record back, and the interfaces that went with it',
  parameters: { type: oneOf('TYPE', 'Which kind of record', entityTypes), id: needed('ID', 'Its id') },
  options: {
    ...onWorkspace,
    'with-references': flag('Bring back too what it refers to and is deleted, as the ends of an interface'),
  },
  async run(context, given) {
    const { type, id } = given;
    const back = await withWorkspace(context, given, 'entities restore', ({ client }) =>
      client.entities.restore({ type, id, with_references: given['with-references'] }),
    );
    context.output.result(back, () => [
      `Restored ${mention(back.record)}${back.links > 0 ? ` with ${countOf(back.links, 'interface')}` : ''}.`,
    ]);
  },
});
