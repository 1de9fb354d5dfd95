import { undecidedFault as conflictFault } from '#core/plan/moved.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import type { Merged } from '#shared/contract/compare.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { sinceBase } from '#shared/domain/moments.ts';
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import { field, list, required } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { comparisonDeclaration, comparisonLines } from '../comparison.ts';
import { callOperation, operationCommand, plannedCommand } from '../operation.ts';
import { namedRecords } from '../promotion.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { countPhrase, countsLine, capitalise } from '../phrases.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const id = { id: required('ID', 'Sandbox, by id or name') };
const name = required('NAME', 'New name', { field: 'name' });
type SandboxArguments = { id: string; workspace: string };
const idInput = (args: SandboxArguments, _: OpenWorkspace, context: Context) => ({
  id: sandboxIn(context, args, args.id),
});

/** `the sandbox "What if" (sbx_…)` */
const mentionSandbox = ({ id: sandboxId, name }: Pick<Sandbox, 'id' | 'name'>): string =>
  name === null ? `sandbox ${sandboxId}` : `sandbox "${name}" (${sandboxId})`;

const stateCommand = (verb: 'archive' | 'unarchive', summary: string, state: string): Command =>
  operationCommand({
    path: `sandbox ${verb}`,
    operation: `sandboxes.${verb}`,
    summary,
    on: onLive,
    parameters: id,
    input: idInput,
    show: (changed) => [`${capitalise(mentionSandbox(changed))} is ${state}.`],
  });

const sources = /^(live|backup:.*|golden(:\d{1,6})?)$/s;
const creation = {
  operation: 'sandboxes.create',
  on: onLive,
  show: (created: Sandbox) => [`Created ${mentionSandbox(created)}: ${countsLine(created.counts ?? {})}.`],
} as const;

const conflicts = field(
  'sandboxes.promote',
  'conflicts',
  'SIDE',
  'Which side wins if the sandbox (play) and live changed the same field',
);

/** What promoting and refreshing have in common: both apply exactly the previewed sides. */
const merging = {
  on: onLive,
  parameters: id,
  again: ({ live, play }: Merged) => ({ seen: { live, play } }),
  refusal: ({ undecided }: Merged) => (undecided.length > 0 ? conflictFault(undecided) : null),
};

const promote = plannedCommand({
  ...merging,
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
    conflicts,
  },
  async input({ only, except, ...args }, { client }, context) {
    const sandbox = sandboxIn(context, args, args.id);
    const records = only.length > 0 ? await namedRecords(client, sandbox, only, '--only') : null;
    return { id: sandbox, only: records, except: await namedRecords(client, sandbox, except, '--except') };
  },
  question: 'Promote',
});

const refresh = plannedCommand({
  ...merging,
  path: 'sandbox refresh',
  operation: 'sandboxes.refresh',
  summary: 'Update a sandbox with the latest changes from live',
  details: ['The sandbox keeps its own changes. Live does not change.'],
  examples: ['frames sandbox refresh "What if" --workspace W --conflicts play --yes'],
  options: { conflicts },
  opens: (args, context) => ({ sandbox: sandboxIn(context, args, args.id) }),
  input: idInput,
  question: 'Refresh',
});

export const sandboxCommands: readonly Command[] = [
  operationCommand({
    ...creation,
    path: 'sandbox create',
    summary: 'Create a sandbox: a copy of live to try changes in',
    details: [
      'Changes in a sandbox do not affect live until you promote them. To work in it, pass --sandbox with its id or name.',
    ],
    examples: ['frames sandbox create "What if" --workspace W'],
    parameters: { name: required('NAME', 'Name', { field: 'name' }) },
    options: {
      from: field(
        'sandboxes.create',
        'from',
        'ID',
        'Source: live, a sandbox (id or name), backup:ID or golden[:N]',
      ),
    },
    input: (args, _, context) =>
      args.from === undefined || sources.test(args.from) ? {} : { from: sandboxIn(context, args, args.from) },
  }),
  operationCommand({
    path: 'sandbox list',
    operation: 'sandboxes.list',
    summary: 'List sandboxes, and problems with unusable ones',
    on: onLive,
  }),
  operationCommand({
    path: 'sandbox rename',
    operation: 'sandboxes.rename',
    summary: 'Rename a sandbox',
    on: onLive,
    parameters: { ...id, name },
    input: idInput,
    show: (renamed) => [`Renamed ${mentionSandbox(renamed)}.`],
  }),
  operationCommand({
    ...creation,
    path: 'sandbox duplicate',
    summary: 'Duplicate a sandbox',
    parameters: { ...id, name: required('NAME', 'Name of the copy', { field: 'name' }) },
    input: (args, _, context) => ({ from: sandboxIn(context, args, args.id) }),
  }),
  operationCommand({
    path: 'sandbox diff',
    ...comparisonDeclaration,
    summary: 'Compare a sandbox with live',
    details: ['Shows which side changed what since the sandbox was created or last refreshed.'],
    examples: ['frames sandbox diff "What if" --workspace W'],
    on: onLive,
    parameters: id,
    options: {
      ...comparisonDeclaration.options,
      class: field('compare.between', 'classes', 'CLASS', 'Only changes of this class'),
    },
    input: (args: SandboxArguments, _, context) => sinceBase(sandboxIn(context, args, args.id)),
    show: (result, args) => comparisonLines(result, args),
  }),
  promote,
  refresh,
  stateCommand('archive', 'Archive a sandbox (you can still use it)', 'archived'),
  stateCommand('unarchive', 'Unarchive a sandbox', 'unarchived'),
  operationCommand({
    path: 'sandbox discard',
    operation: 'sandboxes.discard',
    summary: 'Move a sandbox to the trash',
    details: ['Recover it with "frames sandbox recover" until the trash is emptied.'],
    on: onLive,
    parameters: id,
    input: idInput,
    ask: async (args, { client }, context) => {
      const sandboxId = sandboxIn(context, args, args.id);
      const sandbox = (await client.sandboxes.list({})).find((candidate) => candidate.id === sandboxId);
      if (!sandbox) return null;
      const changes = sandbox.changes === null ? '' : ` with ${countPhrase(sandbox.changes, 'change')}`;
      return `Discard ${mentionSandbox(sandbox)}${changes}?`;
    },
    show: (discarded) => [`${capitalise(mentionSandbox(discarded))} is in the trash.`],
  }),
  operationCommand({
    path: 'sandbox trash',
    operation: 'sandboxes.trash',
    summary: 'List discarded sandboxes',
    on: onLive,
  }),
  operationCommand({
    path: 'sandbox recover',
    operation: 'sandboxes.recover',
    summary: 'Recover a sandbox from the trash',
    on: onLive,
    parameters: id,
    options: {
      name: field('sandboxes.recover', 'name', 'NAME', 'New name, if the old one is taken'),
    },
    input: (args, _, context) => ({ id: sandboxIn(context, args, args.id, 'trash') }),
    show: (recovered) => [`Recovered ${mentionSandbox(recovered)}.`],
  }),
  command({
    path: ['sandbox', 'empty-trash'],
    summary: 'Delete all discarded sandboxes permanently',
    details: ['Admins delete all of them, others only their own.'],
    parameters: {},
    options: { ...onLive, yes: yesFlag },
    async run(context, args) {
      await withWorkspace(context, args, 'sandbox empty-trash', async (open) => {
        const actor = actorOf(actingProfile(open.core.services.read, open.session));
        const all = await open.client.sandboxes.trash({});
        // Deletes only the counted sandboxes, even if others are discarded meanwhile.
        const only = all.flatMap((sandbox) =>
          maySettleSandbox(actor, sandbox.by?.id ?? null).allowed ? [sandbox.id] : [],
        );
        const count = countPhrase(only.length, 'sandbox', 'sandboxes');
        if (only.length > 0) await confirm(context, args.yes, `Delete ${count} in the trash permanently?`);
        const result = await callOperation(open, 'sandboxes.emptyTrash', { only }, context);
        context.output.result(result, () => [
          `${capitalise(countPhrase(result.removed, 'sandbox', 'sandboxes'))} deleted.${result.left > 0 ? ` ${result.left} kept.` : ''}`,
        ]);
      });
    },
  }),
];
