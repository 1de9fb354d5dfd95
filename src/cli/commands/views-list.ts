import type { SavedView } from '#shared/contract/views.ts';
import { command } from '../command.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { timeOf } from '../words.ts';
import { onMoment, withWorkspace } from '../workspace.ts';

const columns: readonly Column<SavedView>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Made by', cell: ({ owner }) => owner.name },
  { title: 'Changed (UTC)', cell: ({ updated_at }) => timeOf(updated_at) },
  { title: 'Address', cell: ({ address }) => address },
];

export const viewsList = command({
  path: ['views', 'list'],
  summary: 'List the views that people have saved in a workspace',
  parameters: {},
  options: onMoment,
  async run(context, given) {
    const views = await withWorkspace(context, given, 'views list', ({ client }) => client.views.list({}));
    context.output.result(views, () => tableLines(columns, views, context.output.width));
  },
});
