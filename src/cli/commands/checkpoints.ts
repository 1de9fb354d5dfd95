import { needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { checkpointColumns } from '../output/moments.ts';
import { tableLines } from '../output/table.ts';
import { amount, sentence, timeOf } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

const which = needed('NAME', 'Which one: its name or id');

export const checkpointsCreate = command({
  path: ['checkpoints', 'create'],
  summary: 'Give a moment a name, by which it is found again',
  examples: [
    'frames checkpoints create "Before the merger" --workspace W',
    'frames checkpoints create "End of term" --of 2026-07-01 --workspace W',
  ],
  parameters: { name: needed('NAME', 'What it shall be called') },
  options: { ...onWorkspace, of: text('MOMENT', 'The moment that is meant, now unless told') },
  async run(context, given) {
    const { name, of } = given;
    const made = await withWorkspace(context, given, 'checkpoints create', ({ client }) =>
      client.checkpoints.create({ name, ...(of === undefined ? {} : { at: of }) }),
    );
    context.output.result(made, () => [
      `"${made.name}" is what was after transaction ${made.at} (${timeOf(made.created_at)} UTC).`,
    ]);
  },
});

export const checkpointsList = command({
  path: ['checkpoints', 'list'],
  summary: 'List the moments that have a name',
  parameters: {},
  options: onWorkspace,
  async run(context, given) {
    const found = await withWorkspace(context, given, 'checkpoints list', ({ client }) =>
      client.checkpoints.list({}),
    );
    context.output.result(found, () => [
      ...(found.length > 0 ? [...tableLines(checkpointColumns, found, context.output.width), ''] : []),
      `${sentence(amount(found.length, 'checkpoint'))}.`,
    ]);
  },
});

export const checkpointsRename = command({
  path: ['checkpoints', 'rename'],
  summary: 'Give a checkpoint another name',
  parameters: { id: which, name: needed('NEW', 'What it shall be called') },
  options: onWorkspace,
  async run(context, given) {
    const { id, name } = given;
    const renamed = await withWorkspace(context, given, 'checkpoints rename', ({ client }) =>
      client.checkpoints.rename({ id, name }),
    );
    context.output.result(renamed, () => [`The checkpoint is called "${renamed.name}" now.`]);
  },
});

export const checkpointsRemove = command({
  path: ['checkpoints', 'remove'],
  summary: 'Take the name of a moment away; what was then stays as it is',
  parameters: { id: which },
  options: { ...onWorkspace, yes },
  async run(context, given) {
    const gone = await withWorkspace(context, given, 'checkpoints remove', async ({ client }) => {
      await confirm(context, given.yes, `Remove the checkpoint "${given.id}"?`);
      return client.checkpoints.remove({ id: given.id });
    });
    context.output.result(gone, () => [`The checkpoint "${gone.name}" is removed.`]);
  },
});
