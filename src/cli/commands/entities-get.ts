import { entityTypes } from '#shared/domain/types.ts';
import { needed, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { recordLines } from '../output/records.ts';
import { onMoment, withWorkspace } from '../workspace.ts';

export const entitiesGet = command({
  path: ['entities', 'get'],
  summary: 'Show one record, a deleted one too',
  examples: ['frames entities get team team_1 --workspace W'],
  parameters: { type: oneOf('TYPE', 'Which kind of record', entityTypes), id: needed('ID', 'Its id') },
  options: onMoment,
  async run(context, given) {
    const { type, id } = given;
    const record = await withWorkspace(context, given, 'entities get', ({ client }) =>
      client.entities.get({ type, id }),
    );
    context.output.result(record, () => recordLines(record));
  },
});
