import { fillSample } from '#core/sample/fill.ts';
import { oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { countsLine } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const seed = command({
  path: ['seed'],
  summary: 'Fill a new or empty workspace with made-up records',
  details: [
    'small: 8 universities and some 600 records, the same each time. The workspace is made when it is missing; one that holds records is refused.',
  ],
  examples: ['frames seed --size small --workspace W'],
  parameters: {},
  options: { ...onWorkspace, size: oneOf('SIZE', 'How much', ['small']) },
  async run(context, given) {
    const { size } = given;
    const filled = await withWorkspace(
      context,
      given,
      'seed',
      ({ core, session }) =>
        follow(fillSample(core.services, session, { signal: context.signal }), context.output),
      true,
    );
    context.output.result({ size, ...filled }, () => [
      `Filled the workspace with sample data: ${countsLine(filled.created)}.`,
    ]);
  },
});
