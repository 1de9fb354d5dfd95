import { needed } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { mentionSandbox } from '../output/sandboxes.ts';
import { sentence } from '../words.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';

const which = needed('ID', 'Which one: its id or name');

export const sandboxRename = command({
  path: ['sandbox', 'rename'],
  summary: 'Give a sandbox another name',
  parameters: { id: which, name: needed('NAME', 'What it shall be called') },
  options: onLive,
  async run(context, given) {
    const id = sandboxIn(context, given, given.id);
    const renamed = await withWorkspace(context, given, 'sandbox rename', ({ client }) =>
      client.sandboxes.rename({ id, name: given.name }),
    );
    context.output.result(renamed, () => [`The sandbox ${id} is called "${renamed.name}" now.`]);
  },
});

const aside = (word: 'archive' | 'unarchive', summary: string, done: string): Command =>
  command({
    path: ['sandbox', word],
    summary,
    parameters: { id: which },
    options: onLive,
    async run(context, given) {
      const id = sandboxIn(context, given, given.id);
      const changed = await withWorkspace(context, given, `sandbox ${word}`, ({ client }) =>
        client.sandboxes[word]({ id }),
      );
      context.output.result(changed, () => [`${sentence(mentionSandbox(changed))} ${done}.`]);
    },
  });

export const sandboxArchive = aside(
  'archive',
  'Put a sandbox aside: it stays as it is and can still be used',
  'is put aside',
);
export const sandboxUnarchive = aside('unarchive', 'Take a sandbox back that was put aside', 'is back');
