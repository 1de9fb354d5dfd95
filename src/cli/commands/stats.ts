import { statsOf } from '#core/care/stats.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Stats } from '#shared/contract/care.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { workspaceLog } from '../log.ts';
import { statsLines } from '../output/care.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { bytesOf } from '../words.ts';
import { onWorkspace, targetOf } from '../workspace.ts';

const columns: readonly Column<Stats['parts'][number]>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Kind', cell: ({ kind, table }) => (kind === 'index' ? `index of ${table}` : 'table') },
  { title: 'Rows', cell: ({ rows }) => rows?.toLocaleString('en-US') ?? '' },
  { title: 'Size', cell: ({ bytes }) => bytesOf(bytes) },
  { title: 'Unused', cell: ({ unused }) => bytesOf(unused) },
];

export const stats = command({
  path: ['stats'],
  summary: 'Say what takes up room in a workspace or a sandbox, and how its audit has grown',
  details: ['Nothing is changed.'],
  examples: ['frames stats --workspace W --json'],
  parameters: {},
  options: { workspace: onWorkspace.workspace, sandbox: onWorkspace.sandbox },
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const target = targetOf(context, { ...given, actor: undefined });
    const log = workspaceLog(folder);
    const found = await lookAt(
      folder,
      ({ files }) => follow(statsOf(files, log, context.signal), context.output),
      target,
    );
    context.output.result(found, () => [
      ...statsLines(found),
      ...tableLines(columns, found.parts, context.output.width),
    ]);
  },
});
