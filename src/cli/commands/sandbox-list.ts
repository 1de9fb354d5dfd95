import { command } from '../command.ts';
import { sandboxLines } from '../output/sandboxes.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const sandboxList = command({
  path: ['sandbox', 'list'],
  summary: 'List the sandboxes of a workspace, and what is wrong with those that cannot be used',
  parameters: {},
  options: onLive,
  async run(context, given) {
    const found = await withWorkspace(context, given, 'sandbox list', ({ client }) =>
      client.sandboxes.list({}),
    );
    context.output.result(found, () => sandboxLines(found, context.output.width));
  },
});

export const sandboxTrash = command({
  path: ['sandbox', 'trash'],
  summary: 'List the sandboxes that were discarded',
  parameters: {},
  options: onLive,
  async run(context, given) {
    const found = await withWorkspace(context, given, 'sandbox trash', ({ client }) =>
      client.sandboxes.trash({}),
    );
    context.output.result(found, () => sandboxLines(found, context.output.width));
  },
});
