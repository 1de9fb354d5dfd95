import { undecidedFault as conflictFault } from '#core/plan/changed-since.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import type { MergeResult } from '#shared/contract/compare.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { sandboxVerdict } from '#shared/domain/permissions.ts';
import { field, list, requiredText } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { comparisonDeclaration, comparisonLines } from '../comparison.ts';
import { callOperation, operationCommand, plannedCommand } from '../operation.ts';
import { parseRecordRefs } from '../record-refs.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { countPhrase, countsLine, capitalise } from '../format.ts';
import { liveOptions, resolveSandbox, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const idParameter = { id: requiredText('ID', 'Sandbox, by id or name') };
const nameParameter = requiredText('NAME', 'New name', { field: 'name' });
type SandboxArguments = { id: string; workspace: string };
const sandboxInput = (args: SandboxArguments, _: OpenWorkspace, context: Context) => ({
  id: resolveSandbox(context, args, args.id),
});

/** `the sandbox "What if" (sbx_…)` */
const mentionSandbox = ({ id: sandboxId, name }: Pick<Sandbox, 'id' | 'name'>): string =>
  name === null ? `sandbox ${sandboxId}` : `sandbox "${name}" (${sandboxId})`;

const stateCommand = (verb: 'archive' | 'unarchive', summary: string, state: string): Command =>
  operationCommand({
    path: `sandbox ${verb}`,
    operation: `sandboxes.${verb}`,
    summary,
    targetOptions: liveOptions,
    parameters: idParameter,
    input: sandboxInput,
    show: (sandbox) => [`${capitalise(mentionSandbox(sandbox))} is ${state}.`],
  });

const sourcePattern = /^(live|backup:.*|golden(:\d{1,6})?)$/s;
const createDeclaration = {
  operation: 'sandboxes.create',
  targetOptions: liveOptions,
  show: (sandbox: Sandbox) => [`Created ${mentionSandbox(sandbox)}: ${countsLine(sandbox.counts ?? {})}.`],
} as const;

const conflictsOption = field(
  'sandboxes.promote',
  'conflicts',
  'SIDE',
  'Which side wins if the sandbox (play) and live changed the same field',
);

/** The part of the declaration that promote and refresh share: both apply exactly the previewed states. */
const mergeDeclaration = {
  targetOptions: liveOptions,
  parameters: idParameter,
  applyInput: ({ live, play }: MergeResult) => ({ seen: { live, play } }),
  refusal: ({ undecided }: MergeResult) => (undecided.length > 0 ? conflictFault(undecided) : null),
};

const promoteCommand = plannedCommand({
  ...mergeDeclaration,
  path: 'sandbox promote',
  operation: 'sandboxes.promote',
  summary: 'Promote the changes in a sandbox to live',
  details: [
    'Makes a backup first and applies the changes as one change. Undo with "frames undo". The sandbox does not change. Profiles ' +
      'are skipped if the sandbox has no common history with live.',
  ],
  examples: ['frames sandbox promote "What if" --workspace W --dry-run'],
  options: {
    only: list('REF', 'Only this record (ID) or field (ID#FIELD)'),
    except: list('ID', 'Skip this record'),
    conflicts: conflictsOption,
  },
  async input({ only, except, ...args }, { client }, context) {
    const sandbox = resolveSandbox(context, args, args.id);
    const records = only.length > 0 ? await parseRecordRefs(client, sandbox, only, '--only') : null;
    return { id: sandbox, only: records, except: await parseRecordRefs(client, sandbox, except, '--except') };
  },
  question: 'Promote',
});

const refreshCommand = plannedCommand({
  ...mergeDeclaration,
  path: 'sandbox refresh',
  operation: 'sandboxes.refresh',
  summary: 'Update a sandbox with the latest changes from live',
  details: ['The sandbox keeps its own changes. Live does not change.'],
  examples: ['frames sandbox refresh "What if" --workspace W --conflicts play --yes'],
  options: { conflicts: conflictsOption },
  targetFor: (args, context) => ({ sandbox: resolveSandbox(context, args, args.id) }),
  input: sandboxInput,
  question: 'Refresh',
});

export const sandboxCommands: readonly Command[] = [
  operationCommand({
    ...createDeclaration,
    path: 'sandbox create',
    summary: 'Create a sandbox: a copy of live to try changes in',
    details: [
      'Changes in a sandbox do not affect live until you promote them. To work in it, pass --sandbox with its id or name.',
    ],
    examples: ['frames sandbox create "What if" --workspace W'],
    parameters: { name: requiredText('NAME', 'Name', { field: 'name' }) },
    options: {
      from: field(
        'sandboxes.create',
        'from',
        'ID',
        'Source: live, a sandbox (id or name), backup:ID or golden[:N]',
      ),
    },
    input: (args, _, context) =>
      args.from === undefined || sourcePattern.test(args.from)
        ? {}
        : { from: resolveSandbox(context, args, args.from) },
  }),
  operationCommand({
    path: 'sandbox list',
    operation: 'sandboxes.list',
    summary: 'List sandboxes, and problems with unusable ones',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sandbox rename',
    operation: 'sandboxes.rename',
    summary: 'Rename a sandbox',
    targetOptions: liveOptions,
    parameters: { ...idParameter, name: nameParameter },
    input: sandboxInput,
    show: (sandbox) => [`Renamed ${mentionSandbox(sandbox)}.`],
  }),
  operationCommand({
    ...createDeclaration,
    path: 'sandbox duplicate',
    summary: 'Duplicate a sandbox',
    parameters: { ...idParameter, name: requiredText('NAME', 'Name of the copy', { field: 'name' }) },
    input: (args, _, context) => ({ from: resolveSandbox(context, args, args.id) }),
  }),
  operationCommand({
    path: 'sandbox diff',
    ...comparisonDeclaration,
    summary: 'Compare a sandbox with live',
    details: ['Shows which side changed what since the sandbox was created or last refreshed.'],
    examples: ['frames sandbox diff "What if" --workspace W'],
    targetOptions: liveOptions,
    parameters: idParameter,
    options: {
      ...comparisonDeclaration.options,
      class: field('compare.between', 'classes', 'CLASS', 'Only changes of this class'),
    },
    input: (args: SandboxArguments, _, context) => sinceBase(resolveSandbox(context, args, args.id)),
    show: (result, args) => comparisonLines(result, args),
  }),
  promoteCommand,
  refreshCommand,
  stateCommand('archive', 'Archive a sandbox (you can still use it)', 'archived'),
  stateCommand('unarchive', 'Unarchive a sandbox', 'unarchived'),
  operationCommand({
    path: 'sandbox discard',
    operation: 'sandboxes.discard',
    summary: 'Move a sandbox to the trash',
    details: ['Recover it with "frames sandbox recover" until the trash is emptied.'],
    targetOptions: liveOptions,
    parameters: idParameter,
    input: sandboxInput,
    ask: async (args, { client }, context) => {
      const sandboxId = resolveSandbox(context, args, args.id);
      const sandbox = (await client.sandboxes.list({})).find((candidate) => candidate.id === sandboxId);
      if (!sandbox) return null;
      const changes = sandbox.changes === null ? '' : ` with ${countPhrase(sandbox.changes, 'change')}`;
      return `Discard ${mentionSandbox(sandbox)}${changes}?`;
    },
    show: (sandbox) => [`${capitalise(mentionSandbox(sandbox))} is in the trash.`],
  }),
  operationCommand({
    path: 'sandbox trash',
    operation: 'sandboxes.trash',
    summary: 'List discarded sandboxes',
    targetOptions: liveOptions,
  }),
  operationCommand({
    path: 'sandbox recover',
    operation: 'sandboxes.recover',
    summary: 'Recover a sandbox from the trash',
    targetOptions: liveOptions,
    parameters: idParameter,
    options: {
      name: field('sandboxes.recover', 'name', 'NAME', 'New name, if the old one is taken'),
    },
    input: (args, _, context) => ({ id: resolveSandbox(context, args, args.id, 'trash') }),
    show: (sandbox) => [`Recovered ${mentionSandbox(sandbox)}.`],
  }),
  command({
    path: ['sandbox', 'empty-trash'],
    summary: 'Delete all discarded sandboxes permanently',
    details: ['Admins delete all of them, others only their own.'],
    parameters: {},
    options: { ...liveOptions, yes: yesFlag },
    async run(context, args) {
      await withWorkspace(context, args, 'sandbox empty-trash', async (open) => {
        const actor = actorOf(actingProfile(open.core.services.read, open.session));
        const trashedSandboxes = await open.client.sandboxes.trash({});
        // Deletes only the counted sandboxes, even if others are discarded meanwhile.
        const ids = trashedSandboxes.flatMap((sandbox) =>
          sandboxVerdict(actor, sandbox.by?.id ?? null).allowed ? [sandbox.id] : [],
        );
        const count = countPhrase(ids.length, 'sandbox', 'sandboxes');
        if (ids.length > 0) await confirm(context, args.yes, `Delete ${count} in the trash permanently?`);
        const result = await callOperation(open, 'sandboxes.emptyTrash', { only: ids }, context);
        context.output.result(result, () => [
          `${capitalise(countPhrase(result.removed, 'sandbox', 'sandboxes'))} deleted.${result.left > 0 ? ` ${result.left} kept.` : ''}`,
        ]);
      });
    },
  }),
];
