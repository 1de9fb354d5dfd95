import { sumOf } from '#shared/domain/counts.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { flag, needed, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { mention } from '../output/records.ts';
import { amount, companyOf, countsLine, sentence } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const entitiesRestore = command({
  path: ['entities', 'restore'],
  summary: 'Bring a deleted record back, and what went with it',
  details: [
    'Its interfaces come back, what named it names it again, and with a university comes what went because of it. What somebody deleted ' +
      'besides stays deleted, and how much of that there is is said.',
  ],
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
    context.output.result(back, () => {
      const left = sumOf(back.left);
      return [
        `Restored ${mention(back.record)}${companyOf(back)}.`,
        ...(left > 0
          ? [
              `${sentence(amount(left, 'record was', 'records were'))} deleted together with it and still ${left === 1 ? 'is' : 'are'}: ` +
                `${countsLine(back.left)}. "frames entities list TYPE --deleted" lists them.`,
            ]
          : []),
      ];
    });
  },
});
