import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { field, flag, needed } from '../args/option.ts';
import type { Command } from '../command.ts';
import { dryRun, operation } from '../operation.ts';
import { problemLines } from '../output/differences.ts';
import { table } from '../output/table.ts';
import { UsageError } from '../output/errors.ts';
import { amount, countsLine, sentence } from '../words.ts';
import { onLive, sandboxIn } from '../workspace.ts';

const room = ({ university }: Pick<SharedSandbox, 'university'>): string => university?.title ?? 'everybody';
const shared = { id: needed('ID', 'Which shared sandbox', { field: 'id' }) };
const changes = (count: number): string => amount(count, 'changed record');

export const sharedSandboxCommands: readonly Command[] = [
  operation({
    path: 'sandbox share',
    operation: 'sandboxes.share',
    summary: 'Share the changes of a sandbox with a university, through the server',
    details: [
      'It is shared anew, or in the place of what it was shared as or taken from. Where somebody has shared that anew since, say --replace or --new. ' +
        'Sync sends it; "frames undo" takes it back.',
    ],
    examples: ['frames sandbox share "What if" --workspace W --university univ_1'],
    on: onLive,
    parameters: { id: needed('ID', 'Which one: its id or name') },
    options: {
      university: field('sandboxes.share', 'university_id', 'ID', 'With whom, unless with your own'),
      everybody: flag('Share it with everybody'),
      name: field('sandboxes.share', 'name', 'NAME', 'The name that it is shared under'),
      description: field('sandboxes.share', 'description', 'TEXT', 'What it is about'),
      replace: flag('Also where somebody has shared it anew since'),
      new: flag('Leave what it was shared as, and share one more'),
      ...dryRun,
    },
    before: ({ university, everybody, replace, new: anew }) => {
      if (university !== undefined && everybody)
        throw new UsageError('Say one of --university and --everybody.', { argument: '--everybody' });
      if (replace && anew) throw new UsageError('Say one of --replace and --new.', { argument: '--new' });
    },
    input: (given, _, context) => ({
      id: sandboxIn(context, given, given.id),
      ...(given.everybody && { university_id: null }),
      ...(given.replace && { as: 'replace' as const }),
      ...(given.new && { as: 'new' as const }),
      dry: given['dry-run'],
    }),
    show: ({ dry, id, name, count, elsewhere, moved, known }) => [
      `${dry ? 'Would be shared' : 'Shared'}: "${name}"${id === null ? '' : ` (${id})`}, ${changes(count)}.`,
      ...(elsewhere > 0
        ? [`! ${sentence(amount(elsewhere, 'record'))} of other universities: whoever sees it sees them too.`]
        : []),
      ...(dry && moved ? [`! ${known?.by.name ?? ''} has shared it anew since: --replace or --new.`] : []),
    ],
  }),
  operation({
    path: 'sandbox shared',
    operation: 'sandboxes.shared',
    summary: 'List the shared sandboxes',
    on: onLive,
    show: (all, _, { width }) =>
      all.length === 0
        ? ['There are no shared sandboxes.']
        : table(
            all,
            [
              'id',
              'name',
              ['Shared with', room],
              ['By', ({ by }) => by.name],
              'shared_at',
              ['Records', ({ count }) => String(count)],
            ],
            width,
          ),
  }),
  operation({
    path: 'sandbox take',
    operation: 'sandboxes.take',
    summary: 'Take a copy of a shared sandbox: a sandbox of live with its changes',
    examples: ['frames sandbox take share_… --workspace W --name "Mine"'],
    on: onLive,
    parameters: shared,
    options: { name: field('sandboxes.take', 'name', 'NAME', 'What the copy is called') },
    show: ({ sandbox, moved, problems }) => [
      `Created the sandbox "${sandbox.name ?? sandbox.id}" (${sandbox.id}): ${countsLine(sandbox.counts ?? {})}.`,
      ...(moved > 0
        ? [`${sentence(amount(moved, 'field'))} of live had another value by now; the shared one stands.`]
        : []),
      ...problemLines(problems),
    ],
  }),
  operation({
    path: 'sandbox unshare',
    operation: 'sandboxes.removeShared',
    summary: 'Delete a shared sandbox; copies of it stay',
    on: onLive,
    parameters: shared,
    show: ({ name }) => [`Deleted the shared sandbox "${name}". "frames undo" restores it.`],
  }),
];
