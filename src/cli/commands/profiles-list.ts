import type { Profile } from '#shared/contract/workspace.ts';
import { command } from '../command.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { timeOf } from '../words.ts';
import { onMoment, withWorkspace } from '../workspace.ts';

const columns: readonly Column<Profile>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Role', cell: ({ role }) => role },
  { title: 'University', cell: ({ university_id }) => university_id ?? '' },
  { title: 'Created (UTC)', cell: ({ created_at }) => timeOf(created_at) },
];

export const profilesList = command({
  path: ['profiles', 'list'],
  summary: 'List who may act on a workspace',
  parameters: {},
  options: onMoment,
  async run(context, given) {
    const profiles = await withWorkspace(context, given, 'profiles list', ({ client }) =>
      client.workspace.profiles({}),
    );
    context.output.result(profiles, () => tableLines(columns, profiles, context.output.width));
  },
});
