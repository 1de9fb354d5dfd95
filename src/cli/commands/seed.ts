import { fillSample } from '#core/sample/handlers.ts';
import { oneOf, whole } from '../args/option.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { countsLine } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const seed = command({
  path: ['seed'],
  summary: 'Fill a new or empty workspace with made-up records',
  details: [
    'small: 8 universities and some 600 records. 100k: 40 universities and 100,000 records. The workspace is made when it is missing; ' +
      'one that holds records is refused. All of it is one change, which "frames undo" takes back.',
  ],
  examples: ['frames seed --size small --workspace W'],
  parameters: {},
  options: {
    ...onWorkspace,
    size: oneOf('SIZE', 'How much', ['small', '100k']),
    seed: whole('N', 'Another number gives another world, the same number the same', {
      min: 0,
      max: 2 ** 31 - 1,
      default: 1,
    }),
  },
  async run(context, given) {
    const { size } = given;
    const options = { size, seed: given.seed, signal: context.signal };
    const work = withWorkspace(
      context,
      given,
      'seed',
      ({ core, session }) => follow(fillSample(core.services, session, options), context.output),
      true,
    );
    const filled = await work;
    context.output.result({ size, seed: given.seed, ...filled }, () => [
      `Filled the workspace with sample data: ${countsLine(filled.created)}.`,
    ]);
  },
});
