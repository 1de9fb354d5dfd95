import { list, oneOf } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { stepLines } from '../output/history.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

const step = (direction: 'undo' | 'redo', summary: string, verb: string): Command =>
  command({
    path: [direction],
    summary,
    details: [
      'Each actor has an own row of changes, whatever window or command made them. An import or a seed is one change. ' +
        'Where others have changed the same fields since: leave keeps theirs and says so, ask changes nothing and says ' +
        'what is in the way, overwrite takes theirs back too.',
    ],
    parameters: {},
    options: {
      ...onWorkspace,
      'on-conflict': oneOf(
        'WHAT',
        'What to do with fields that others have changed since',
        ['ask', 'leave', 'overwrite'],
        'leave',
      ),
      skip: list('OP_ID', 'A change of your own to pass over, because it cannot be taken back'),
    },
    async run(context, given) {
      const done = await withWorkspace(context, given, direction, ({ client }) =>
        client.history[direction](
          { on_conflict: given['on-conflict'], skip: [...given.skip] },
          { signal: context.signal },
        ),
      );
      context.output.result(done, () => stepLines(verb, done));
    },
  });

export const undo = step('undo', 'Undo your latest change', 'Undone');
export const redo = step('redo', 'Redo what you undid last', 'Done again');
