import { field, flag, requiredText } from '../args/option.ts';
import type { Command } from '../command.ts';
import { dryRun, operationCommand } from '../operation.ts';
import { resultLines } from '../output/result.ts';
import { UsageError } from '../output/errors.ts';
import { liveOptions, resolveSandbox } from '../workspace.ts';

const idParameter = { id: requiredText('ID', 'Shared sandbox id', { field: 'id' }) };

export const sharedSandboxCommands: readonly Command[] = [
  operationCommand({
    path: 'sandbox share',
    operation: 'sandboxes.share',
    summary: 'Share the changes of a sandbox with a university',
    details: [
      'Updates the shared sandbox if it was shared or taken before. If somebody has updated it since, use --replace or --new. The ' +
        'next sync sends it. Undo with "frames undo".',
    ],
    examples: ['frames sandbox share "What if" --workspace W --university univ_1'],
    targetOptions: liveOptions,
    parameters: { id: requiredText('ID', 'Sandbox, by id or name') },
    options: {
      university: field(
        'sandboxes.share',
        'university_id',
        'ID',
        'University to share with (default: your own)',
      ),
      everybody: flag('Share with everybody'),
      name: field('sandboxes.share', 'name', 'NAME', 'Name of the shared sandbox'),
      description: field('sandboxes.share', 'description', 'TEXT', 'Description'),
      replace: flag('Replace the version that somebody updated since'),
      new: flag('Share as a new one and keep the old one'),
      ...dryRun,
    },
    checkArguments: ({ university, everybody, replace, new: isNew }) => {
      if (university !== undefined && everybody)
        throw new UsageError('Use either --university or --everybody, not both.', {
          argument: '--everybody',
        });
      if (replace && isNew)
        throw new UsageError('Use either --replace or --new, not both.', { argument: '--new' });
    },
    input: (args, _, context) => ({
      id: resolveSandbox(context, args, args.id),
      ...(args.everybody && { university_id: null }),
      ...(args.replace && { as: 'replace' as const }),
      ...(args.new && { as: 'new' as const }),
      dry: args['dry-run'],
    }),
    show: ({ dry, known, ...result }, _, { width }) => [
      `${dry ? 'Would share' : 'Shared'}:`,
      ...resultLines(undefined, result, width),
      ...(result.elsewhere > 0
        ? ['! Records of other universities are visible to everyone who sees the shared sandbox.']
        : []),
      ...(dry && result.moved
        ? [`! ${known?.by.name ?? ''} has updated it since. Use --replace or --new.`]
        : []),
    ],
  }),
  operationCommand({
    path: 'sandbox shared',
    operation: 'sandboxes.listShared',
    summary: 'List shared sandboxes',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sandbox take',
    operation: 'sandboxes.addShared',
    summary: 'Copy a shared sandbox into a new sandbox',
    examples: ['frames sandbox take share_… --workspace W --name "Mine"'],
    targetOptions: liveOptions,
    parameters: idParameter,
    options: { name: field('sandboxes.addShared', 'name', 'NAME', 'Name of the copy') },
    done: 'Created:',
  }),
  operationCommand({
    path: 'sandbox unshare',
    operation: 'sandboxes.removeShared',
    summary: 'Delete a shared sandbox (copies stay)',
    targetOptions: liveOptions,
    parameters: idParameter,
    done: 'Deleted. Undo with "frames undo".',
  }),
];
